# SPDX-License-Identifier: Apache-2.0
"""VS404: a field of a KServe object has a value that is not possible."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.keywords.wrong_value import WrongValue
from velaserve_lint.text import Text


class WrongKServeValue(WrongValue):
    """Of the right type, but not a choice, or not of the right form or length."""

    id = "VS404"
    slug = "wrong-kserve-value"
    since = "0.1.0"
    source = "the CRDs of KServe v0.20.0, config/crd/full"
    title = Text(
        "a field of a KServe object has an impossible value",
        "KServe 对象中字段的值无效",
    )
    why = Text(
        "The API server refuses the object, or the Deployment that KServe makes of it.",
        "API 服务器会拒绝该对象，或拒绝 KServe 据此生成的 Deployment。",
    )
    fix = Text(
        "Use a value that is possible here.",
        "改用此处允许的值。",
    )
    bad = but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 2\n    scaleMetric: gpu")
    good = INFERENCE_SERVICE
