# SPDX-License-Identifier: Apache-2.0
"""Tensor values as JSON, both ways, strictly.

| value              | in a request                         | in an answer                         |
|--------------------|--------------------------------------|--------------------------------------|
| NaN                | `null`, for float datatypes          | `null`                               |
| Infinity           | refused: JSON has none, send binary  | refused: ask for binary_data         |
| FP16, BF16         | numbers, rounded to nearest even     | numbers, exact                       |
| int64 above 2^53   | exact                                | exact (JavaScript clients round)     |
| BYTES              | strings, as UTF-8                    | strings; if not UTF-8: refused       |
| BOOL               | `true`, `false` only                 | `true`, `false`                      |
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, cast

import numpy as np
import orjson

from velaserve_runtime.protocol.bfloat16 import from_bfloat16, to_bfloat16
from velaserve_runtime.protocol.datatypes import FLOATS
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.json_pieces import Pieces
from velaserve_runtime.protocol.raw_tensors import element_count
from velaserve_runtime.protocol.refusals import outside_range, wrong_element_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_runtime.protocol.datatypes import Array, DataType
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.protocol.tensors import Shape, Tensor

_NUMBERS: dict[str, frozenset[type]] = {"BOOL": frozenset({bool}), "BYTES": frozenset({str})}
_INTEGERS = frozenset({int})
_FLOATS = frozenset({int, float})
_NONE = type(None)
_NESTED = frozenset({list, dict})
_PIECE_ELEMENTS = 8192


def decode_json(values: list[JSON], datatype: DataType, shape: Shape, tensor: str) -> Array:
    """`values` (flat, or nested like the shape) as an array of `shape`.

    Raises:
        InvalidRequest: wrong nesting, number of elements, type or range.
    """
    wanted = element_count(shape, tensor)
    if isinstance(values, Pieces):
        flat = _decode_pieces(values, datatype, shape, tensor)
    else:
        if values and type(values[0]) is list:
            values = _flatten(values, shape, tensor)
        flat = _decode_flat(values, datatype, shape, tensor)
    if len(flat) != wanted:
        raise wrong_element_count(len(flat), shape, wanted, tensor)
    return flat.reshape(shape)


def to_json(tensor: Tensor) -> Array | list[str] | orjson.Fragment:
    """The flat values, for orjson with OPT_SERIALIZE_NUMPY.

    NaN becomes null, and so does Infinity: `refuse_infinity` looks for it in the result.

    Raises:
        InvalidRequest: BYTES that are not UTF-8.
    """
    array = np.ascontiguousarray(tensor.array).reshape(-1)
    if tensor.datatype == "BYTES":
        return _texts(array, tensor.name)
    if tensor.datatype == "BF16":
        array = from_bfloat16(array)
    return array if array.size <= _PIECE_ELEMENTS else orjson.Fragment(_dump(array))


def refuse_infinity(tensors: Iterable[Tensor]) -> None:
    """For answers that hold a null.

    Raises:
        InvalidRequest: it stands for Infinity.
    """
    for tensor in tensors:
        if tensor.datatype not in FLOATS:
            continue
        bf16 = tensor.datatype == "BF16"
        if np.isinf(from_bfloat16(tensor.array) if bf16 else tensor.array).any():
            raise InvalidRequest(
                f"output '{tensor.name}' holds Infinity, which JSON cannot carry; "
                "ask for it with the output parameter binary_data: true"
            )


def _dump(array: Array) -> bytes:
    """The numbers as a JSON list, by pieces, so that no call holds the GIL for long."""
    pieces = (
        orjson.dumps(array[at : at + _PIECE_ELEMENTS], option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
        for at in range(0, array.size, _PIECE_ELEMENTS)
    )
    return b"[%s]" % b",".join(pieces)


def _decode_pieces(pieces: Pieces, datatype: DataType, shape: Shape, tensor: str) -> Array:
    arrays: list[Array] = []
    first = 0
    for piece in pieces:
        arrays.append(_decode_flat(piece, datatype, shape, tensor, first))
        first += len(piece)
    return np.concatenate(arrays)


def _decode_flat(
    flat: list[JSON], datatype: DataType, shape: Shape, tensor: str, first: int = 0
) -> Array:
    """`first`: place of the list's first element in the tensor, for messages."""
    allowed = _NUMBERS.get(datatype.name) or (_FLOATS if datatype.is_float else _INTEGERS)
    kinds = set(map(type, flat))
    if not kinds <= allowed:
        if kinds & _NESTED:
            raise _misnested(tensor, shape)
        if not (datatype.is_float and kinds <= allowed | {_NONE}):
            raise _wrong_type(flat, allowed, datatype, tensor, first)
        flat = [math.nan if value is None else value for value in flat]
    return _to_array(flat, datatype, tensor, first)


def _flatten(values: list[JSON], shape: Shape, tensor: str) -> list[JSON]:
    flat = values
    for depth, size in enumerate(shape[1:], 1):
        if not flat or type(flat[0]) is not list:
            break
        if depth == 1 and len(values) != shape[0]:
            raise _misnested(tensor, shape)
        rows = [row for row in flat if isinstance(row, list) and len(row) == size]
        if len(rows) != len(flat):
            raise _misnested(tensor, shape)
        flat = list(chain.from_iterable(rows))
    return flat


def _wrong_type(
    flat: list[JSON], allowed: frozenset[type], datatype: DataType, tensor: str, first: int
) -> InvalidRequest:
    at, value = next((at, value) for at, value in enumerate(flat) if type(value) not in allowed)
    names = " or ".join(sorted(kind.__name__ for kind in allowed))
    return InvalidRequest(
        f"input '{tensor}', element {first + at}: {datatype.name} needs {names}, found "
        f"{type(value).__name__} {str(value)[:40]!r}"
    )


def _to_array(flat: list[JSON], datatype: DataType, tensor: str, first: int) -> Array:
    if datatype.name == "BYTES":
        array = np.empty(len(flat), np.object_)
        array[:] = [str(value).encode() for value in flat]
        return array
    if datatype.name == "BOOL":
        return np.array(flat, np.bool_)
    numbers = cast("list[float]", flat)
    if numbers:
        _check_range(numbers, datatype, tensor, first)
    if datatype.name == "BF16":
        return to_bfloat16(np.array(numbers, np.float32))
    return np.array(numbers, datatype.dtype)


def _check_range(numbers: list[float], datatype: DataType, tensor: str, first: int) -> None:
    lowest, highest = datatype.lowest, datatype.highest
    if lowest <= min(numbers) and max(numbers) <= highest:
        return
    for at, number in enumerate(numbers, first):
        if number < lowest or number > highest:
            raise outside_range(number, at, datatype, tensor)


def _misnested(tensor: str, shape: Shape) -> InvalidRequest:
    return InvalidRequest(
        f"input '{tensor}': data is nested, but not like its shape {list(shape)}; "
        "send it flat in row-major order, or nested exactly like the shape"
    )


def _texts(array: Array, tensor: str) -> list[str]:
    try:
        return [bytes(value).decode() for value in array]
    except UnicodeDecodeError as err:
        raise InvalidRequest(
            f"output '{tensor}' holds bytes that are not UTF-8, which JSON cannot carry; "
            "ask for it with the output parameter binary_data: true"
        ) from err
