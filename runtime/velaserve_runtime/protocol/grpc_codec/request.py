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


@dataclass(slots=True)
class ScannedInput:
    """An InferInputTensor whose values are still bytes."""

    name: str = ""
    datatype: str = ""
    shape: list[int] = field(default_factory=list)
    parameters: Parameters = field(default_factory=dict)
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
            deadline_s=earliest_deadline_s(self.parameters, deadline_s),
        )

    def _tensor(self, index: int) -> Tensor:
        scanned = self.inputs[index]
        datatype = datatype_of(scanned.datatype, scanned.name)
        shape = tuple(scanned.shape)
        if not self.raw:
            array = self._typed(scanned, datatype, shape)
        elif scanned.contents:
            raise InvalidRequest(
                f"input '{scanned.name}' has both contents and raw_input_contents; give one of them"
            )
        else:
            start, end = self.raw[index]
            array = decode_raw(datatype, shape, self.data[start:end], scanned.name)
        return Tensor(scanned.name, scanned.datatype, array)

    def _typed(self, scanned: ScannedInput, datatype: DataType, shape: Shape) -> Array:
        return decode_contents(datatype, shape, self.data, scanned.contents, scanned.name)


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
    refuse_unprovided(request.parameters, "the request")
    return request


def _scan_input(reader: WireReader, span: Span) -> ScannedInput:
    tensor = ScannedInput()
    for tag, start, end in reader.fields(span):
        if tag == NAME:
            tensor.name = reader.text(start, end)
        elif tag == DATATYPE:
            tensor.datatype = reader.text(start, end)
        elif tag == SHAPE_PACKED:
            tensor.shape += _dimensions(reader, start, end)
        elif tag == SHAPE:
            tensor.shape.append(signed(start))
        elif tag == INPUT_PARAMETERS:
            name, value = read_parameter(reader, (start, end))
            tensor.parameters[name] = value
        elif tag == CONTENTS and end > start:  # an empty message is as good as none
            tensor.contents.append((start, end))
    refuse_unprovided(tensor.parameters, f"input '{tensor.name}'")
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
    refuse_unprovided(parameters, f"output '{output}'")
    return output


def _dimensions(reader: WireReader, start: int, end: int) -> list[int]:
    if end - start > MAX_RANK * 10:
        raise InvalidRequest(f"a shape of {end - start} bytes has more than {MAX_RANK} dimensions")
    return [signed(value) for value in reader.varints((start, end))]
