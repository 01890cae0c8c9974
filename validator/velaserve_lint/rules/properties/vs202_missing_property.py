# SPDX-License-Identifier: Apache-2.0
"""VS202: a required property is not there."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.missing_key import MissingKey
from velaserve_lint.text import Text


class MissingProperty(MissingKey):
    """Properties with a default are not required."""

    id = "VS202"
    slug = "missing-property"
    since = "0.1.0"
    source = "the definition of the type, in CUE"
    title = Text(
        "a required property is missing",
        "缺少必填属性",
    )
    why = Text(
        "The render fails after the Application was accepted, and only its status says so.",
        "Application 被接受之后渲染才失败，而且只体现在状态里。",
    )
    fix = Text(
        "Add the property.",
        "补上该属性。",
    )
    bad = changed("        modelFormat: {name: onnx}\n", "")
    good = APPLICATION
