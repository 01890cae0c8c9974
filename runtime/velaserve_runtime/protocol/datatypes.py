# SPDX-License-Identifier: Apache-2.0
"""The V2 datatypes: name, array type, size, range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

Array = np.ndarray[Any, np.dtype[Any]]
"""A tensor's values; its element type is known only at run time."""


@dataclass(frozen=True, slots=True)
class DataType:
    """One V2 datatype.

    BF16 has no numpy type: its arrays hold the raw 16 bits as uint16.
    BYTES arrays hold `bytes` objects (dtype object).
    """

    name: str
    dtype: np.dtype[Any]
    size_bytes: int
    """Bytes of an element in the binary encoding; 0 = each element has its own length (BYTES)."""
    lowest: float | int
    highest: float | int

    @property
    def is_float(self) -> bool:
        return self.name in FLOATS


FLOATS = frozenset({"FP16", "BF16", "FP32", "FP64"})
_BF16_MAX = 3.3895313892515355e38
_BF16_HIGHEST = float(np.nextafter(np.float32(_BF16_MAX + 2.0**119), np.float32(0)))


def _integer(name: str, dtype: type[np.integer[Any]]) -> DataType:
    info = np.iinfo(dtype)
    return DataType(name, np.dtype(dtype), info.bits // 8, int(info.min), int(info.max))


def _float(name: str, dtype: type[np.floating[Any]], half_ulp: float) -> DataType:
    """`half_ulp`: of the largest number; decimal text up to there still rounds to it."""
    info = np.finfo(dtype)
    highest = float(np.nextafter(float(info.max) + half_ulp, 0)) if half_ulp else float(info.max)
    return DataType(name, np.dtype(dtype), info.bits // 8, -highest, highest)


DATATYPES: Mapping[str, DataType] = {
    datatype.name: datatype
    for datatype in (
        DataType("BOOL", np.dtype(np.bool_), 1, 0, 1),
        _integer("UINT8", np.uint8),
        _integer("UINT16", np.uint16),
        _integer("UINT32", np.uint32),
        _integer("UINT64", np.uint64),
        _integer("INT8", np.int8),
        _integer("INT16", np.int16),
        _integer("INT32", np.int32),
        _integer("INT64", np.int64),
        _float("FP16", np.float16, 16.0),
        DataType("BF16", np.dtype(np.uint16), 2, -_BF16_HIGHEST, _BF16_HIGHEST),
        _float("FP32", np.float32, 2.0**103),
        _float("FP64", np.float64, 0.0),
        DataType("BYTES", np.dtype(np.object_), 0, 0, 0),
    )
}


def datatype_of(name: object, tensor: str) -> DataType:
    """The datatype called `name`.

    Raises:
        InvalidRequest: there is none; the text names the tensor and the known ones.
    """
    datatype = DATATYPES.get(name) if isinstance(name, str) else None
    if datatype is None:
        known = ", ".join(DATATYPES)
        raise InvalidRequest(f"input '{tensor}': datatype {name!r} is unknown; use one of {known}")
    return datatype
