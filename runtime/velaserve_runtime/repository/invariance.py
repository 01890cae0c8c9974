# SPDX-License-Identifier: Apache-2.0
"""Batch invariance: the answer of a row alone is its answer in a batch, within rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import TensorSpec

_TOLERANCES = {"FP16": 1e-2, "BF16": 4e-2, "FP32": 1e-3, "FP64": 1e-6}
"""Of the largest magnitude in the row. A float32 that went through one int8 scale for the whole
batch differs by more; sums in another order differ by far less."""


def difference(outputs: Sequence[TensorSpec], batch: Arrays, alone: Sequence[Arrays]) -> str | None:
    """Why rows cannot share a batch, as a sentence; None when they can.

    Args:
        outputs: the declared ones.
        batch: the answer to all rows at once.
        alone: the answers to each row alone, each of one row.
    """
    for spec in outputs:
        together = batch[spec.name]
        if together.shape[:1] != (len(alone),):
            return (
                f"output '{spec.name}' has shape {list(together.shape)} for a batch of "
                f"{len(alone)} rows"
            )
        for row, single in enumerate(alone):
            if not _same(spec.datatype, together[row : row + 1], single[spec.name]):
                return f"output '{spec.name}' of a row depends on the other rows of its batch"
    return None


def _same(datatype: str, left: Array, right: Array) -> bool:
    if left.shape != right.shape:
        return False
    if datatype not in _TOLERANCES:
        return bool(np.array_equal(left, right))
    left, right = _as_float(datatype, left), _as_float(datatype, right)
    finite = np.abs(right[np.isfinite(right)])
    tolerance = _TOLERANCES[datatype] * (float(finite.max()) if finite.size else 0.0)
    return bool(np.allclose(left, right, rtol=0.0, atol=tolerance, equal_nan=True))


def _as_float(datatype: str, array: Array) -> Array:
    if datatype == "BF16":
        return (array.astype(np.uint32) << 16).view(np.float32)
    return array.astype(np.float64)
