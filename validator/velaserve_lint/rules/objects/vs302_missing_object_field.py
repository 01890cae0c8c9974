# SPDX-License-Identifier: Apache-2.0
"""VS302: a Kubernetes object lacks a field that its kind requires."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.keywords.missing_key import MissingKey
from velaserve_lint.text import Text


class MissingObjectField(MissingKey):
    """What the API server fills in by itself is not required."""

    id = "VS302"
    slug = "missing-object-field"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of gateway-api, prometheus-operator, keda"
    title = Text(
        "a Kubernetes object lacks a required field",
        "Kubernetes 对象缺少必填字段",
    )
    why = Text(
        "The API server refuses the object.",
        "API 服务器会拒绝该对象。",
    )
    fix = Text(
        "Add the field.",
        "补上该字段。",
    )
    bad = but(DEPLOYMENT, "  selector:\n    matchLabels: {app: digits}\n  template", "  template")
    good = DEPLOYMENT
