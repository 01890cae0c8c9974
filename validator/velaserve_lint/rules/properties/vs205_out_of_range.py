# SPDX-License-Identifier: Apache-2.0
"""VS205: a property is a number out of its bounds."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.out_of_range import OutOfRange
from velaserve_lint.text import Text


class PropertyOutOfRange(OutOfRange):
    """Bounds as the definition gives them."""

    id = "VS205"
    slug = "out-of-range"
    since = "0.1.0"
    source = "the definition of the type, in CUE"
    title = Text(
        "a property is out of its bounds",
        "属性超出范围",
    )
    why = Text(
        "The render fails after the Application was accepted, and only its status says so.",
        "Application 被接受之后渲染才失败，而且只体现在状态里。",
    )
    fix = Text(
        "Use a number within the bounds.",
        "改用范围内的数字。",
    )
    bad = changed("minReplicas: 2", "minReplicas: 0")
    good = APPLICATION
