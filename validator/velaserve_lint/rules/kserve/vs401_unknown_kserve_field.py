# SPDX-License-Identifier: Apache-2.0
"""VS401: a KServe object has a field that its kind does not have."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.keywords.unknown_key import UnknownKey, unknown_key_messages
from velaserve_lint.text import Text


class UnknownKServeField(UnknownKey):
    """Where only the CRDs without fields are installed, KServe drops it."""

    id = "VS401"
    slug = "unknown-kserve-field"
    since = "0.1.0"
    source = "the CRDs of KServe v0.20.0, config/crd/full"
    title = Text(
        "a KServe object has an unknown field",
        "KServe 对象中有未知字段",
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
    bad = but(INFERENCE_SERVICE, "storageUri:", "storageUrl:")
    good = INFERENCE_SERVICE
