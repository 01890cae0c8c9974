# SPDX-License-Identifier: Apache-2.0
"""VS103: a field of the Application has a value of the wrong type."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.wrong_type import WrongType
from velaserve_lint.text import Text


class WrongFieldType(WrongType):
    """Around the properties; inside them it is VS203."""

    id = "VS103"
    slug = "wrong-type"
    since = "0.1.0"
    source = "KubeVela v1.10.9 apis/core.oam.dev/v1beta1/application_types.go"
    title = Text(
        "a field of the Application has the wrong type",
        "Application 字段的类型错误",
    )
    why = Text(
        "The API server refuses the Application. 8080, yes, no, on and off are no texts.",
        "API 服务器会拒绝该 Application。8080、yes、no、on、off 都不是文本。",
    )
    fix = Text(
        "Write a value of the type that is asked for; quote texts that look like something else.",
        "写成要求的类型；看起来像其他类型的文本请加引号。",
    )
    bad = changed("    - name: digits", "    - name: 8080")
    good = APPLICATION
