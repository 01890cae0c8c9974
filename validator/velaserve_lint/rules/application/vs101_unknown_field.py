# SPDX-License-Identifier: Apache-2.0
"""VS101: the Application has a field that does not exist."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.unknown_key import UnknownKey, unknown_key_messages
from velaserve_lint.text import Text


class UnknownField(UnknownKey):
    """Around the properties; inside them it is VS201."""

    id = "VS101"
    slug = "unknown-field"
    since = "0.1.0"
    source = "KubeVela v1.10.9 apis/core.oam.dev/v1beta1/application_types.go"
    title = Text(
        "the Application has an unknown field",
        "Application 中有未知字段",
    )
    why = Text(
        "The API server drops the field, so what it was meant to do never happens.",
        "API 服务器会丢弃该字段，它本应起的作用不会发生。",
    )
    fix = Text(
        "Rename the field, or move it to where it belongs.",
        "请改名，或把字段移到正确的位置。",
    )
    messages = unknown_key_messages(Text("field", "字段"))
    bad = changed("      properties:", "      propertys:")
    good = APPLICATION
