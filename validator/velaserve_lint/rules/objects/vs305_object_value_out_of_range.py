# SPDX-License-Identifier: Apache-2.0
"""VS305: a number in a Kubernetes object is out of its bounds."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import HTTP_ROUTE, but
from velaserve_lint.rules.keywords.out_of_range import OutOfRange
from velaserve_lint.text import Text


class ObjectValueOutOfRange(OutOfRange):
    """Bounds of the schema, and those of integers of 32 and 64 bits."""

    id = "VS305"
    slug = "object-value-out-of-range"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of gateway-api, prometheus-operator, keda"
    title = Text(
        "a number in a Kubernetes object is out of its bounds",
        "Kubernetes 对象中的数字超出范围",
    )
    why = Text(
        "The API server refuses the object.",
        "API 服务器会拒绝该对象。",
    )
    fix = Text(
        "Use a number within the bounds.",
        "改用范围内的数字。",
    )
    bad = but(HTTP_ROUTE, "port: 80,", "port: 80800,")
    good = HTTP_ROUTE
