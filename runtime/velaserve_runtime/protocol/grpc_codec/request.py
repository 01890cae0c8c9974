# SPDX-License-Identifier: Apache-2.0
"""ModelInferRequest to InferRequest: raw tensors stay where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.datatypes import datatype_of
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.contents import decode_contents
from velaserve_runtime.protocol.grpc_codec.parameters import read_parameter
from velaserve_runtime.protocol.grpc_codec.wire import WireReader, signed
from velaserve_runtime.protocol.infer import InferRequest, Parameters
from velaserve_runtime.protocol.parameters import earliest_deadline_s, refuse_unprovided
from velaserve_runtime.protocol.raw_tensors import MAX_RANK, decode_raw
from velaserve_runtime.protocol.refusals import (
    nameless_input,
    too_many_dimensions,
    two_sources,
)
from velaserve_runtime.protocol.tensors import Tensor

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array, DataType
    from velaserve_runtime.protocol.grpc_codec.wire import Span
    from velaserve_runtime.protocol.tensors import Shape

MODEL_NAME, MODEL_VERSION, ID, PARAMETERS, INPUTS, OUTPUTS, RAW = (
    number << 3 | 2 for number in range(1, 8)
)
NAME, DATATYPE, SHAPE_PACKED, INPUT_PARAMETERS, CONTENTS = (
    number << 3 | 2 for number in range(1, 6)
)
SHAPE = 3 << 3
OUTPUT_PARAMETERS = 0x12
MAX_SHAPE_BYTES = 10 * MAX_RANK


@dataclass(slots=True)
class ScannedInput:
    """An InferInputTensor whose values are still bytes."""

    name: str = ""
    datatype: str = ""
    shape: Shape = ()
    contents: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class ScannedRequest:
    """A ModelInferRequest whose structure is read and whose tensors are still bytes."""

    data: memoryview
    model_name: str = ""
    model_version: str = ""
    id: str = ""
    parameters: Parameters = field(default_factory=dict)
    inputs: list[ScannedInput] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    raw: list[Span] = field(default_factory=list)

    @property
    def slow_bytes(self) -> int:
        """Bytes that are decoded element by element: typed contents and raw BYTES tensors."""
        typed = sum(end - start for tensor in self.inputs for start, end in tensor.contents)
        pairs = zip(self.inputs, self.raw, strict=False)
        return typed + sum(
            end - start for tensor, (start, end) in pairs if tensor.datatype == "BYTES"
        )

    def request(self, deadline_s: float | None = None) -> InferRequest:
        """Decodes the tensors; FP16, FP32 and the like as read-only views of the message.

        Args:
            deadline_s: the call's deadline on time.monotonic()'s clock.

        Raises:
            InvalidRequest: naming what in the request is wrong.
        """
        if self.raw and len(self.raw) != len(self.inputs):
            raise InvalidRequest(
                f"raw_input_contents has {len(self.raw)} elements for {len(self.inputs)} inputs; "
                "give one for each input, in their order, or none"
            )
        return InferRequest(
            model_name=self.model_name,
            model_version=self.model_version,
            inputs=[self._tensor(index) for index in range(len(self.inputs))],
            id=self.id,
            outputs=tuple(self.outputs),
            parameters=self.parameters,
            deadline_s=(
                earliest_deadline_s(self.parameters, deadline_s) if self.parameters else deadline_s
            ),
        )

    def _tensor(self, index: int) -> Tensor:
        scanned = self.inputs[index]
        if not scanned.name:
            raise nameless_input(index)
        datatype = datatype_of(scanned.datatype, scanned.name)
        shape = scanned.shape
        if not self.raw:
            array = self._typed(scanned, datatype)
        elif scanned.contents:
            raise two_sources(scanned.name, "contents", "raw_input_contents")
        else:
            start, end = self.raw[index]
            array = decode_raw(datatype, shape, self.data[start:end], scanned.name)
        return Tensor(scanned.name, scanned.datatype, array)

    def _typed(self, scanned: ScannedInput, datatype: DataType) -> Array:
        return decode_contents(datatype, scanned.shape, self.data, scanned.contents, scanned.name)


def scan_request(payload: bytes | bytearray | memoryview) -> ScannedRequest:
    """Reads the structure of a ModelInferRequest; costs microseconds, whatever its tensors weigh.

    Raises:
        InvalidRequest: it is not such a message, or asks for what is not provided.
    """
    data = memoryview(payload).toreadonly()
    reader = WireReader(data)
    request = ScannedRequest(data)
    for tag, start, end in reader.fields((0, len(data))):
        if tag == MODEL_NAME:
            request.model_name = reader.text(start, end)
        elif tag == MODEL_VERSION:
            request.model_version = reader.text(start, end)
        elif tag == ID:
            request.id = reader.text(start, end)
        elif tag == PARAMETERS:
            name, value = read_parameter(reader, (start, end))
            request.parameters[name] = value
        elif tag == INPUTS:
            request.inputs.append(_scan_input(reader, (start, end)))
        elif tag == OUTPUTS:
            request.outputs.append(_scan_output(reader, (start, end)))
        elif tag == RAW:
            request.raw.append((start, end))
    if request.parameters:
        refuse_unprovided(request.parameters, "the request")
    return request


def _scan_input(reader: WireReader, span: Span) -> ScannedInput:
    tensor = ScannedInput()
    parameters: Parameters = {}
    for tag, start, end in reader.fields(span):
        if tag == NAME:
            tensor.name = reader.text(start, end)
        elif tag == DATATYPE:
            tensor.datatype = reader.text(start, end)
        elif tag == SHAPE_PACKED:
            _extend_shape(tensor, _dimensions(reader, start, end))
        elif tag == SHAPE:
            _extend_shape(tensor, (signed(start),))
        elif tag == INPUT_PARAMETERS:
            name, value = read_parameter(reader, (start, end))
            parameters[name] = value
        elif tag == CONTENTS and end > start:  # an empty message is as good as none
            tensor.contents.append((start, end))
    if parameters:
        refuse_unprovided(parameters, f"input '{tensor.name}'")
    return tensor


def _scan_output(reader: WireReader, span: Span) -> str:
    output = ""
    parameters: Parameters = {}
    for tag, start, end in reader.fields(span):
        if tag == NAME:
            output = reader.text(start, end)
        elif tag == OUTPUT_PARAMETERS:
            name, value = read_parameter(reader, (start, end))
            parameters[name] = value
    if parameters:
        refuse_unprovided(parameters, f"output '{output}'")
    return output


def _dimensions(reader: WireReader, start: int, end: int) -> Shape:
    packed = bytes(reader.data[start : min(end, start + MAX_SHAPE_BYTES + 1)])
    if packed.isascii():  # each dimension is below 128: one byte
        return tuple(packed)
    return tuple(signed(value) for value in reader.varints((start, start + len(packed))))


def _extend_shape(tensor: ScannedInput, more: Shape) -> None:
    if len(tensor.shape) + len(more) > MAX_RANK:
        raise too_many_dimensions(tensor.name, MAX_RANK)
    tensor.shape += more
