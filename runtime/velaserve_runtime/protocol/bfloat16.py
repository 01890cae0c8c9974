# SPDX-License-Identifier: Apache-2.0
"""BF16 <-> FP32: numpy has no such type, so BF16 arrays hold the raw bits as uint16."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array


def to_bfloat16(values: Array) -> Array:
    """float32[...] -> uint16[...] bits, rounded to nearest even; NaN stays NaN."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    rounded = (bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) >> np.uint32(16)
    return np.where(np.isnan(values), np.uint32(0x7FC0), rounded).astype(np.uint16)


def from_bfloat16(bits: Array) -> Array:
    """uint16[...] bits -> float32[...], exact."""
    return (bits.astype(np.uint32) << np.uint32(16)).view(np.float32)
