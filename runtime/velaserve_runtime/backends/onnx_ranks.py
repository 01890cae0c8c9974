# SPDX-License-Identifier: Apache-2.0
"""Tells a scalar from an unknown rank, for which onnxruntime gives the same empty shape.

ModelProto.graph (7) > GraphProto.input (11), output (12) > ValueInfoProto.name (1), type (2)
> TypeProto.tensor_type (1) > Tensor.shape (2).
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from velaserve_runtime.backends.onnx_wire import messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_runtime.backends.onnx_wire import Span

_GRAPH = 7
_INPUT, _OUTPUT = 11, 12
_NAME, _TYPE = 1, 2
_TENSOR_TYPE = 1
_SHAPE = 2


def unranked_tensors(model: Path) -> frozenset[str]:
    """Names of the graph's inputs and outputs that have no shape field.

    Raises:
        ValueError: not a protobuf message.
    """
    with model.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return frozenset(_unranked(data))


def _unranked(data: mmap.mmap) -> Iterator[str]:
    for field, graph in messages(data, (0, len(data))):
        if field == _GRAPH:
            for kind, value in messages(data, graph):
                if kind in (_INPUT, _OUTPUT):
                    yield from _name_without_shape(data, value)


def _name_without_shape(data: mmap.mmap, value: Span) -> Iterator[str]:
    name = ""
    has_shape = False
    for field, part in messages(data, value):
        if field == _NAME:
            name = data[slice(*part)].decode()
        elif field == _TYPE:
            kinds = [inner for field, inner in messages(data, part) if field == _TENSOR_TYPE]
            has_shape = any(field == _SHAPE for kind in kinds for field, _ in messages(data, kind))
    if not has_shape:
        yield name
