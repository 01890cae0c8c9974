# SPDX-License-Identifier: Apache-2.0
"""VS204: a property has a value that is not possible."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.wrong_value import WrongValue
from velaserve_lint.text import Text


class WrongPropertyValue(WrongValue):
    """Of the right type, but not a choice, or not of the right form."""

    id = "VS204"
    slug = "wrong-property-value"
    since = "0.1.0"
    source = "the definition of the type, in CUE"
    title = Text(
        "a property has an impossible value",
        "属性的值无效",
    )
    why = Text(
        "The render fails after the Application was accepted, and only its status says so.",
        "Application 被接受之后渲染才失败，而且只体现在状态里。",
    )
    fix = Text(
        "Use a value that is possible here.",
        "改用此处允许的值。",
    )
    bad = changed("{name: onnx}", "{name: onxx}")
    good = APPLICATION
