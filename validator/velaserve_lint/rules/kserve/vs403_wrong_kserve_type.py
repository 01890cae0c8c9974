# SPDX-License-Identifier: Apache-2.0
"""VS403: a field of a KServe object has a value of the wrong type."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.keywords.wrong_type import WrongType
from velaserve_lint.text import Text


class WrongKServeType(WrongType):
    """Compared with the value as the cluster reads the YAML."""

    id = "VS403"
    slug = "wrong-kserve-type"
    since = "0.1.0"
    source = "the CRDs of KServe v0.20.0, config/crd/full"
    title = Text(
        "a field of a KServe object has the wrong type",
        "KServe 对象中字段的类型错误",
    )
    why = Text(
        "KServe or the API server refuses the object. 1.0 and true are no texts without quotes.",
        "KServe 或 API 服务器会拒绝该对象。1.0、true 不加引号就不是文本。",
    )
    fix = Text(
        "Write a value of the type that is asked for; quote texts that look like something else.",
        "写成要求的类型；看起来像其他类型的文本请加引号。",
    )
    bad = but(INFERENCE_SERVICE, "{name: onnx}", "{name: onnx, version: 1}")
    good = INFERENCE_SERVICE
