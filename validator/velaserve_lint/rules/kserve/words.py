# SPDX-License-Identifier: Apache-2.0
"""What many rules about KServe say alike."""

from __future__ import annotations

from velaserve_lint.text import Text

REFUSED = Text(
    "KServe's webhook refuses the InferenceService.",
    "KServe 的 webhook 会拒绝该 InferenceService。",
)
