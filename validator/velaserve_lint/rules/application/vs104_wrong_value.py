# SPDX-License-Identifier: Apache-2.0
"""VS104: a field of the Application has a value that is not possible."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.wrong_value import WrongValue
from velaserve_lint.text import Text


class WrongFieldValue(WrongValue):
    """Around the properties; inside them it is VS204."""

    id = "VS104"
    slug = "wrong-value"
    since = "0.1.0"
    source = "KubeVela v1.10.9 apis/core.oam.dev/v1beta1/application_types.go"
    title = Text(
        "a field of the Application has an impossible value",
        "Application 字段的值无效",
    )
    why = Text(
        "The API server refuses the Application, or no controller ever sees it.",
        "API 服务器会拒绝该 Application，或者没有控制器会处理它。",
    )
    fix = Text(
        "Use a value that is possible here.",
        "改用此处允许的值。",
    )
    bad = changed("v1beta1", "v1alpha2")
    good = APPLICATION
