# SPDX-License-Identifier: Apache-2.0
"""Tells a scalar from an unknown rank, for which onnxruntime gives the same empty shape.

Walks the protobuf wire format of a ModelProto; weights are skipped, not read:
ModelProto.graph (7) > GraphProto.input (11), output (12) > ValueInfoProto.name (1), type (2)
> TypeProto.tensor_type (1) > Tensor.shape (2).
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GRAPH = 7
_INPUT, _OUTPUT = 11, 12
_NAME, _TYPE = 1, 2
_TENSOR_TYPE = 1
_SHAPE = 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def unranked_tensors(model: Path) -> frozenset[str]:
    """Names of the graph's inputs and outputs that have no shape field.

    Raises:
        ValueError: not a protobuf message.
    """
    with model.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return frozenset(_unranked(data))


def _unranked(data: mmap.mmap) -> Iterator[str]:
    for field, graph in _messages(data, (0, len(data))):
        if field == _GRAPH:
            for kind, value in _messages(data, graph):
                if kind in (_INPUT, _OUTPUT):
                    yield from _name_without_shape(data, value)


def _name_without_shape(data: mmap.mmap, value: tuple[int, int]) -> Iterator[str]:
    name = ""
    has_shape = False
    for field, part in _messages(data, value):
        if field == _NAME:
            name = data[slice(*part)].decode()
        elif field == _TYPE:
            kinds = [inner for field, inner in _messages(data, part) if field == _TENSOR_TYPE]
            has_shape = any(field == _SHAPE for kind in kinds for field, _ in _messages(data, kind))
    if not has_shape:
        yield name


def _messages(data: mmap.mmap, span: tuple[int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """(field number, span) of each length-delimited field; numbers are passed over."""
    at, end = span
    while at < end:
        key, at = _varint(data, at)
        wire = key & 7
        if wire == _VARINT:
            _, at = _varint(data, at)
        elif wire == _BYTES:
            size, at = _varint(data, at)
            yield key >> 3, (at, at + size)
            at += size
        elif wire in (_FIXED64, _FIXED32):
            at += 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"wire type {wire} at byte {at}")


def _varint(data: mmap.mmap, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data):
            raise ValueError("the file ends inside a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
