# SPDX-License-Identifier: Apache-2.0
"""VS405: a number in a KServe object is out of its bounds."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import SERVING_RUNTIME, but
from velaserve_lint.rules.keywords.out_of_range import OutOfRange
from velaserve_lint.text import Text


class KServeValueOutOfRange(OutOfRange):
    """Bounds of the schema, and those of integers of 32 and 64 bits."""

    id = "VS405"
    slug = "kserve-value-out-of-range"
    since = "0.1.0"
    source = "the CRDs of KServe v0.20.0, config/crd/full"
    title = Text(
        "a number in a KServe object is out of its bounds",
        "KServe 对象中的数字超出范围",
    )
    why = Text(
        "The API server refuses the object.",
        "API 服务器会拒绝该对象。",
    )
    fix = Text(
        "Use a number within the bounds.",
        "改用范围内的数字。",
    )
    bad = but(SERVING_RUNTIME, "priority: 1}", "priority: 0}")
    good = SERVING_RUNTIME
