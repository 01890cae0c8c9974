# SPDX-License-Identifier: Apache-2.0
"""InferResponse to ModelInferResponse: tensors go out as raw_output_contents, never copied here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.raw_tensors import encode_raw

if TYPE_CHECKING:
    from velaserve_runtime.protocol.infer import InferResponse
    from velaserve_runtime.protocol.tensors import Tensor

    Buffer = bytes | memoryview

MODEL_NAME, MODEL_VERSION, ID, OUTPUTS, RAW = b"\x0a", b"\x12", b"\x1a", b"\x2a", b"\x32"
NAME, DATATYPE, SHAPE = b"\x0a", b"\x12", b"\x1a"


def encode_response(response: InferResponse) -> list[Buffer]:
    """The message in pieces, to be sent or joined; a tensor's piece is a view of its array."""
    head = (
        _field(MODEL_NAME, response.model_name.encode())
        + _field(MODEL_VERSION, response.model_version.encode())
        + _field(ID, response.id.encode())
        + b"".join(_sized(OUTPUTS, _output(tensor)) for tensor in response.outputs)
    )
    pieces: list[Buffer] = [head]
    for tensor in response.outputs:
        raw = encode_raw(DATATYPES[tensor.datatype], tensor.array)
        pieces.append(RAW + varint(len(raw)))
        pieces.append(raw)
    return pieces


def varint(value: int) -> bytes:
    """Of a number >= 0."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _output(tensor: Tensor) -> bytes:
    shape = b"".join(map(varint, tensor.array.shape))
    return (
        _field(NAME, tensor.name.encode())
        + _field(DATATYPE, tensor.datatype.encode())
        + _field(SHAPE, shape)
    )


def _field(tag: bytes, value: bytes) -> bytes:
    """Empty is proto3's default, which is not written."""
    return _sized(tag, value) if value else b""


def _sized(tag: bytes, value: bytes) -> bytes:
    return tag + varint(len(value)) + value
