# SPDX-License-Identifier: Apache-2.0
"""VS303: a field of a Kubernetes object has a value of the wrong type."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.keywords.wrong_type import WrongType
from velaserve_lint.text import Text


class WrongObjectType(WrongType):
    """Compared with the value as the cluster reads the YAML."""

    id = "VS303"
    slug = "wrong-object-type"
    since = "0.1.0"
    source = "the OpenAPI of Kubernetes v1.34.4; the CRDs of gateway-api, prometheus-operator, keda"
    title = Text(
        "a field of a Kubernetes object has the wrong type",
        "Kubernetes 对象中字段的类型错误",
    )
    why = Text(
        "The API server refuses the object. true, 8080 and 1.0 are no texts without quotes.",
        "API 服务器会拒绝该对象。true、8080、1.0 不加引号就不是文本。",
    )
    fix = Text(
        "Write a value of the type that is asked for; quote texts that look like something else.",
        "写成要求的类型；看起来像其他类型的文本请加引号。",
    )
    bad = but(DEPLOYMENT, "replicas: 2", "replicas: two")
    good = DEPLOYMENT
