# SPDX-License-Identifier: Apache-2.0
"""VS203: a property has a value of the wrong type."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.wrong_type import WrongType
from velaserve_lint.text import Text


class WrongPropertyType(WrongType):
    """Compared with the value as the cluster reads the YAML."""

    id = "VS203"
    slug = "wrong-property-type"
    since = "0.1.0"
    source = "the definition of the type, in CUE"
    title = Text(
        "a property has the wrong type",
        "属性的类型错误",
    )
    why = Text(
        "The render fails later, only the status says so; 8080, yes, no, on and off are no texts.",
        "渲染之后才失败，而且只体现在状态里；8080、yes、no、on、off 都不是文本。",
    )
    fix = Text(
        "Write a value of the type that is asked for; quote texts that look like something else.",
        "写成要求的类型；看起来像其他类型的文本请加引号。",
    )
    bad = changed("minReplicas: 2", "minReplicas: two")
    good = APPLICATION
