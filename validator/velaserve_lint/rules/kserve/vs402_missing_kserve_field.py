# SPDX-License-Identifier: Apache-2.0
"""VS402: a KServe object lacks a field that its kind requires."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import SERVING_RUNTIME, but
from velaserve_lint.rules.keywords.missing_key import MissingKey
from velaserve_lint.text import Text


class MissingKServeField(MissingKey):
    """What KServe fills in by itself, such as the name of a model's container, is not required."""

    id = "VS402"
    slug = "missing-kserve-field"
    since = "0.1.0"
    source = "the CRDs of KServe v0.20.0, config/crd/full"
    title = Text(
        "a KServe object lacks a required field",
        "KServe 对象缺少必填字段",
    )
    why = Text(
        "The API server refuses the object.",
        "API 服务器会拒绝该对象。",
    )
    fix = Text(
        "Add the field.",
        "补上该字段。",
    )
    bad = but(SERVING_RUNTIME, "{name: http1, containerPort: 8080", "{name: http1")
    good = SERVING_RUNTIME
