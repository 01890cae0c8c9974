# SPDX-License-Identifier: Apache-2.0
"""ONNX's declared types and shapes as V2's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed
from velaserve_runtime.protocol.tensors import TensorSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from velaserve_runtime.backends.onnxruntime_api import OrtNode

_DATATYPES = {
    "tensor(bool)": "BOOL",
    "tensor(uint8)": "UINT8",
    "tensor(uint16)": "UINT16",
    "tensor(uint32)": "UINT32",
    "tensor(uint64)": "UINT64",
    "tensor(int8)": "INT8",
    "tensor(int16)": "INT16",
    "tensor(int32)": "INT32",
    "tensor(int64)": "INT64",
    "tensor(float16)": "FP16",
    "tensor(bfloat16)": "BF16",
    "tensor(float)": "FP32",
    "tensor(double)": "FP64",
    "tensor(string)": "BYTES",
}


def to_specs(
    nodes: Iterable[OrtNode], unranked: Collection[str], declared: Sequence[TensorSpec]
) -> tuple[TensorSpec, ...]:
    """`unranked`: names that the file gives no shape; `declared`: those of velaserve.yaml.

    Raises:
        LoadFailed: a type has no place in V2, a rank is unknown, or the two contradict.
    """
    known = {spec.name: spec for spec in declared}
    nodes = list(nodes)
    strangers = known.keys() - {node.name for node in nodes}
    if strangers:
        raise LoadFailed(
            f"velaserve.yaml declares '{min(strangers)}', but the model has only "
            + ", ".join(node.name for node in nodes)
        )
    return tuple(_to_spec(node, node.name in unranked, known.get(node.name)) for node in nodes)


def _to_spec(node: OrtNode, unranked: bool, declared: TensorSpec | None) -> TensorSpec:
    datatype = _DATATYPES.get(node.type)
    if datatype is None:
        raise LoadFailed(
            f"tensor '{node.name}' is {node.type}, which the V2 protocol cannot carry; "
            "change the model to give plain tensors"
        )
    if unranked and declared is None:
        raise LoadFailed(
            f"the model does not say how many dimensions '{node.name}' has; declare it in "
            f"velaserve.yaml: {{name: {node.name}, datatype: {datatype}, shape: [...]}}"
        )
    found = TensorSpec(node.name, datatype, tuple(_dimension(size) for size in node.shape))
    if declared is None:
        return found
    _refuse_contradiction(found, declared, unranked)
    return declared


def _dimension(size: int | str | None) -> int:
    """Symbols and nothing mean any size; so do negative sizes, which some exporters write."""
    return size if isinstance(size, int) and size >= 0 else -1


def _refuse_contradiction(found: TensorSpec, declared: TensorSpec, unranked: bool) -> None:
    fits = unranked or found.accepts(declared.shape)
    if found.datatype != declared.datatype or not fits:
        raise LoadFailed(
            f"velaserve.yaml declares '{found.name}' as {declared.datatype}{list(declared.shape)}, "
            f"the model as {found.datatype}{list(found.shape)}"
        )
