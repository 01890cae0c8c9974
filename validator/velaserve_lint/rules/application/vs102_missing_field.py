# SPDX-License-Identifier: Apache-2.0
"""VS102: the Application lacks a required field."""

from __future__ import annotations

from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.keywords.missing_key import MissingKey
from velaserve_lint.text import Text


class MissingField(MissingKey):
    """Around the properties; inside them it is VS202."""

    id = "VS102"
    slug = "missing-field"
    since = "0.1.0"
    source = "KubeVela v1.10.9 apis/core.oam.dev/v1beta1/application_types.go"
    title = Text(
        "the Application lacks a required field",
        "Application 缺少必填字段",
    )
    why = Text(
        "The API server refuses the Application.",
        "API 服务器会拒绝该 Application。",
    )
    fix = Text(
        "Add the field.",
        "补上该字段。",
    )
    bad = changed("      type: model-serving\n", "")
    good = APPLICATION
