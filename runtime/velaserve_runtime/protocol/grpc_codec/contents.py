# SPDX-License-Identifier: Apache-2.0
"""Typed contents (InferTensorContents) to arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.integers import decode_integers
from velaserve_runtime.protocol.grpc_codec.wire import I32, I64, LEN, WireReader
from velaserve_runtime.protocol.raw_tensors import element_count
from velaserve_runtime.protocol.refusals import wrong_element_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_runtime.protocol.datatypes import Array, DataType
    from velaserve_runtime.protocol.grpc_codec.wire import Part, Span
    from velaserve_runtime.protocol.tensors import Shape

FIELDS = {
    1: "bool_contents",
    2: "int_contents",
    3: "int64_contents",
    4: "uint_contents",
    5: "uint64_contents",
    6: "fp32_contents",
    7: "fp64_contents",
    8: "bytes_contents",
}
FIELD_OF = {
    "BOOL": 1,
    "INT8": 2,
    "INT16": 2,
    "INT32": 2,
    "INT64": 3,
    "UINT8": 4,
    "UINT16": 4,
    "UINT32": 4,
    "UINT64": 5,
    "FP32": 6,
    "FP64": 7,
    "BYTES": 8,
}
"""FP16 and BF16 have none: they travel raw only."""


def decode_contents(
    datatype: DataType, shape: Shape, data: memoryview, spans: Sequence[Span], tensor: str
) -> Array:
    """The tensor whose InferTensorContents lie at `spans` of `data`, read-only, one copy.

    Raises:
        InvalidRequest: the contents are not a tensor of that datatype and shape.
    """
    count = element_count(shape, tensor)
    reader = WireReader(data, max_fields=len(data))
    parts = _parts(datatype, reader, spans, tensor)
    if datatype.name == "BYTES":
        values = _bytes(data, parts)
    else:
        raw = (
            _floats(datatype, data, parts, tensor)
            if datatype.is_float
            else decode_integers(datatype, reader, parts, tensor)
        )
        values = np.frombuffer(raw, datatype.dtype)
    if values.size != count:
        raise wrong_element_count(values.size, shape, count, tensor)
    values = values.reshape(shape)
    values.setflags(write=False)
    return values


def _field_name(datatype: DataType) -> str:
    return FIELDS.get(FIELD_OF.get(datatype.name, 0), "raw_input_contents")


def _parts(
    datatype: DataType, reader: WireReader, spans: Sequence[Span], tensor: str
) -> Iterator[Part]:
    """The fields of the contents: each must be the one of the datatype."""
    for span in spans:
        for tag, start, end in reader.fields(span):
            number = tag >> 3
            if number == FIELD_OF.get(datatype.name):
                yield tag & 7, start, end
            elif number in FIELDS:
                raise InvalidRequest(
                    f"input '{tensor}' is {datatype.name}: its values belong in "
                    f"{_field_name(datatype)}, found {FIELDS[number]}"
                )


def _bytes(data: memoryview, parts: Iterator[Part]) -> Array:
    elements = [bytes(data[start:end]) for wire, start, end in parts if wire == LEN]
    values = np.empty(len(elements), np.object_)
    values[:] = elements
    return values


def _floats(datatype: DataType, data: memoryview, parts: Iterator[Part], tensor: str) -> bytearray:
    raw = bytearray()
    single = I64 if datatype.size_bytes == 8 else I32
    for wire, start, end in parts:
        if wire not in (LEN, single):
            continue
        if (end - start) % datatype.size_bytes:
            raise InvalidRequest(
                f"input '{tensor}': {end - start} bytes of {_field_name(datatype)} are not a "
                f"whole number of {datatype.size_bytes}-byte values"
            )
        raw += data[start:end]
    return raw
