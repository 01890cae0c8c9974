# SPDX-License-Identifier: Apache-2.0
"""VS304: a field of a Kubernetes object has a value that is not possible."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.keywords.wrong_value import WrongValue
from velaserve_lint.text import Text


class WrongObjectValue(WrongValue):
    """Of the right type, but not a choice, or not of the right form or length."""

    id = "VS304"
    slug = "wrong-object-value"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of gateway-api, prometheus-operator, keda"
    title = Text(
        "a field of a Kubernetes object has an impossible value",
        "Kubernetes 对象中字段的值无效",
    )
    why = Text(
        "The API server refuses the object.",
        "API 服务器会拒绝该对象。",
    )
    fix = Text(
        "Use a value that is possible here.",
        "改用此处允许的值。",
    )
    bad = but(DEPLOYMENT, "containerPort: 8080}", "containerPort: 8080, protocol: tcp}")
    good = DEPLOYMENT
