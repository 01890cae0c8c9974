# SPDX-License-Identifier: Apache-2.0
"""VS301: a Kubernetes object has a field that its kind does not have."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.keywords.unknown_key import UnknownKey, unknown_key_messages
from velaserve_lint.text import Text


class UnknownObjectField(UnknownKey):
    """In the version that the table was made from; a status is not looked at."""

    id = "VS301"
    slug = "unknown-object-field"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of gateway-api, prometheus-operator, keda"
    title = Text(
        "a Kubernetes object has an unknown field",
        "Kubernetes 对象中有未知字段",
    )
    why = Text(
        "kubectl apply refuses it; with other clients, the API server drops the field silently.",
        "kubectl apply 会拒绝它；用其他客户端时，API 服务器会静默丢弃该字段。",
    )
    fix = Text(
        "Rename the field, or move it to where it belongs.",
        "请改名，或把字段移到正确的位置。",
    )
    messages = unknown_key_messages(Text("field", "字段"))
    bad = but(DEPLOYMENT, "readinessProbe:", "readynessProbe:")
    good = DEPLOYMENT
