# SPDX-License-Identifier: Apache-2.0
"""Typed contents of the integer datatypes and BOOL."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.grpc_codec.varints import varint_pieces
from velaserve_runtime.protocol.grpc_codec.wire import LEN, VARINT
from velaserve_runtime.protocol.refusals import outside_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from velaserve_runtime.protocol.datatypes import Array, DataType
    from velaserve_runtime.protocol.grpc_codec.wire import Part, WireReader

SHORT_BYTES = 64
FEW = 4096


def decode_integers(
    datatype: DataType, reader: WireReader, parts: Iterator[Part], tensor: str
) -> bytearray:
    """The bytes of the array.

    Raises:
        InvalidRequest: a varint is broken, or a value outside the datatype.
    """
    raw = bytearray()
    for wide in _wide_pieces(reader, parts, tensor):
        raw += _narrowed(datatype, wide, tensor, len(raw) // datatype.size_bytes).tobytes()
    return raw


def _wide_pieces(
    reader: WireReader, parts: Iterator[Part], tensor: str
) -> Iterator[NDArray[np.uint64]]:
    """Numpy takes the long packed parts; it would not pay for short ones and single values."""
    few = array("Q")
    for wire, start, end in parts:
        if wire == VARINT:
            few.append(start)
        elif wire == LEN and end - start <= SHORT_BYTES:
            few.extend(reader.varints((start, end)))
        elif wire == LEN:
            yield np.array(few)
            few = array("Q")
            yield from varint_pieces(reader.data[start:end], tensor)
        if len(few) >= FEW:
            yield np.array(few)
            few = array("Q")
    yield np.array(few)


def _narrowed(datatype: DataType, wide: NDArray[np.uint64], tensor: str, first: int) -> Array:
    """`first`: place of the first value in the tensor, for messages."""
    if datatype.name == "BOOL":
        return wide.astype(np.bool_)
    values: Array = wide.view(np.int64) if datatype.dtype.kind == "i" else wide
    lowest, highest = int(datatype.lowest), int(datatype.highest)
    if values.size and not (lowest <= int(values.min()) and int(values.max()) <= highest):
        for at, value in enumerate(values.tolist(), first):
            if not lowest <= value <= highest:
                raise outside_range(value, at, datatype, tensor)
    return values.astype(datatype.dtype)
