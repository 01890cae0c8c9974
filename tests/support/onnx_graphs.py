# SPDX-License-Identifier: Apache-2.0
"""Builds small ONNX files in one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onnx import TensorProto, ValueInfoProto, helper, numpy_helper

if TYPE_CHECKING:
    from typing import Self

    from onnx import GraphProto, NodeProto

    from velaserve_runtime.protocol.datatypes import Array

OPSET = 13
IR_VERSION = 8

ONNX_TYPES = {
    "BOOL": TensorProto.BOOL,
    "UINT8": TensorProto.UINT8,
    "UINT16": TensorProto.UINT16,
    "UINT32": TensorProto.UINT32,
    "UINT64": TensorProto.UINT64,
    "INT8": TensorProto.INT8,
    "INT16": TensorProto.INT16,
    "INT32": TensorProto.INT32,
    "INT64": TensorProto.INT64,
    "FP16": TensorProto.FLOAT16,
    "BF16": TensorProto.BFLOAT16,
    "FP32": TensorProto.FLOAT,
    "FP64": TensorProto.DOUBLE,
    "BYTES": TensorProto.STRING,
    "COMPLEX64": TensorProto.COMPLEX64,
}
"""V2 datatype -> ONNX element type; the last is one that V2 does not have."""

Shape = tuple[int | str | None, ...] | None
"""None inside: a free dimension; None itself: of unknown rank."""


class Graph:
    """A graph that grows call by call, inputs first: Graph(x=("FP32", (None, 4))).node(...)."""

    def __init__(self, **inputs: tuple[str, Shape]) -> None:
        self._inputs = [_value(name, *declared) for name, declared in inputs.items()]
        self._outputs: list[ValueInfoProto] = []
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def constant(self, name: str, value: Array) -> Self:
        self._constants.append(numpy_helper.from_array(value, name))
        return self

    def node(
        self,
        kind: str,
        inputs: str,
        outputs: str,
        **attributes: int | float | str | list[int] | GraphProto,
    ) -> Self:
        """Names of inputs and outputs are separated by blanks."""
        node = helper.make_node(kind, inputs.split(), outputs.split())
        node.attribute.extend(helper.make_attribute(*item) for item in attributes.items())
        self._nodes.append(node)
        return self

    def output(self, name: str, datatype: str, shape: Shape) -> Self:
        self._outputs.append(_value(name, datatype, shape))
        return self

    def sequence_output(self, name: str, datatype: str, shape: Shape) -> Self:
        """A sequence of tensors, which V2 does not have."""
        kind = ONNX_TYPES[datatype]
        self._outputs.append(helper.make_tensor_sequence_value_info(name, kind, shape))
        return self

    def build(self) -> bytes:
        graph = helper.make_graph(
            self._nodes, "graph", self._inputs, self._outputs, self._constants
        )
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
        return bytes(model.SerializeToString())


def _value(name: str, datatype: str, shape: Shape) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, ONNX_TYPES[datatype], shape)
