# SPDX-License-Identifier: Apache-2.0
"""VS201: a property that the type does not have."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.unknown_key import UnknownKey, unknown_key_messages
from velaserve_lint.text import Text


class UnknownProperty(UnknownKey):
    """The reason why this linter exists: KubeVela accepts it without a word."""

    id = "VS201"
    slug = "unknown-property"
    since = "0.1.0"
    source = "the definition of the type, in CUE"
    title = Text(
        "a property that the type does not have",
        "该类型没有的属性",
    )
    why = Text(
        "KubeVela drops an unknown property silently, so what it was meant to do never happens.",
        "KubeVela 会静默丢弃未知属性，它本应起的作用不会发生。",
    )
    fix = Text(
        "Rename or remove the property; the type's documentation lists all there are.",
        "请改名或删除该属性；该类型的文档列出了全部属性。",
    )
    messages = unknown_key_messages(Text("property", "属性"))
    bad = changed("modelUri:", "modelUrl:")
    good = APPLICATION
