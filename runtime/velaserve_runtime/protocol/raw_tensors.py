# SPDX-License-Identifier: Apache-2.0
"""Raw tensor bytes, as both binary wires carry them, to arrays and back.

Little-endian, row-major, no padding; each BYTES element is a 4-byte length and its bytes.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.refusals import too_many_dimensions

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array, DataType
    from velaserve_runtime.protocol.tensors import Shape

MAX_RANK = 32
"""numpy 1.26's limit; numpy 2 has 64."""
MAX_ELEMENTS = 1 << 48
"""Far above any body, far below what overflows numpy's sizes."""

_LENGTH = struct.Struct("<I")


def element_count(shape: Shape, tensor: str) -> int:
    """How many elements `shape` has.

    Raises:
        InvalidRequest: a dimension is negative, or there are too many dimensions or elements.
    """
    if len(shape) > MAX_RANK:
        raise too_many_dimensions(tensor, MAX_RANK)
    count = math.prod(shape)
    if 0 < count <= MAX_ELEMENTS and min(shape, default=1) > 0:
        return count
    if shape and min(shape) < 0:
        raise InvalidRequest(
            f"input '{tensor}': shape {list(shape)} has a negative dimension; "
            "a request gives the real sizes"
        )
    # Zeros count as one: numpy refuses [0, 2**62, 2**62] although it holds nothing.
    if math.prod(dim or 1 for dim in shape) > MAX_ELEMENTS:
        raise InvalidRequest(f"input '{tensor}': shape {list(shape)} is larger than any request")
    return count


def decode_raw(datatype: DataType, shape: Shape, raw: memoryview, tensor: str) -> Array:
    """The tensor in `raw`, read-only: a view of it where its items are aligned, else one copy.

    Args:
        raw: exactly this tensor's bytes, one-dimensional, items of one byte.

    Raises:
        InvalidRequest: the bytes are not a tensor of that datatype and shape.
    """
    count = element_count(shape, tensor)
    array = (
        _fixed(datatype, count, raw, tensor)
        if datatype.size_bytes
        else split_bytes(count, raw, tensor)
    ).reshape(shape)
    array.setflags(write=False)
    return array


def _fixed(datatype: DataType, count: int, raw: memoryview, tensor: str) -> Array:
    expected = count * datatype.size_bytes
    if len(raw) != expected:
        raise InvalidRequest(
            f"input '{tensor}': {len(raw)} bytes of data, but {count} elements of "
            f"{datatype.name} take {expected}"
        )
    if datatype.name == "BOOL" and count:
        _check_bool(raw, tensor)
    array = np.frombuffer(raw, datatype.dtype)
    return array if array.flags.aligned else array.copy()


def _check_bool(raw: memoryview, tensor: str) -> None:
    highest = np.frombuffer(raw, np.uint8).max()
    if highest > 1:
        raise InvalidRequest(f"input '{tensor}': a BOOL is the byte 0 or 1, found {highest}")


def split_bytes(count: int, raw: memoryview, tensor: str) -> Array:
    """The `count` length-prefixed elements of a BYTES tensor: object[count] of `bytes`.

    Raises:
        InvalidRequest: the lengths do not add up to `raw`.
    """
    if len(raw) < count * _LENGTH.size:
        raise InvalidRequest(
            f"input '{tensor}': {len(raw)} bytes of data cannot hold {count} BYTES elements "
            "with a 4-byte length each"
        )
    array = np.empty(count, np.object_)
    at = 0
    for index in range(count):
        start = at + 4
        if start > len(raw):
            raise _short(index, raw, tensor)
        at = start + _LENGTH.unpack_from(raw, start - 4)[0]
        if at > len(raw):
            raise _short(index, raw, tensor)
        array[index] = bytes(raw[start:at])
    if at != len(raw):
        raise InvalidRequest(
            f"input '{tensor}': {len(raw) - at} bytes of data follow its {count} BYTES elements"
        )
    return array


def _short(index: int, raw: memoryview, tensor: str) -> InvalidRequest:
    return InvalidRequest(
        f"input '{tensor}': BYTES element {index} reaches beyond the {len(raw)} bytes of data"
    )


def encode_raw(datatype: DataType, array: Array) -> bytes | memoryview:
    """The bytes of `array`: a view of it where it is contiguous, of the right type and not BYTES.

    Args:
        array: of any shape; BYTES as objects of `bytes`.
    """
    if not datatype.size_bytes:
        return _join_bytes(array)
    flat = np.ascontiguousarray(array, datatype.dtype).reshape(-1)
    return flat.view(np.uint8).data


def _join_bytes(array: Array) -> bytes:
    parts: list[bytes] = []
    for element in array.ravel().tolist():
        parts.append(_LENGTH.pack(len(element)))
        parts.append(element)
    return b"".join(parts)
