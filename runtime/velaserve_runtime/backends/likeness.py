# SPDX-License-Identifier: Apache-2.0
"""Whether an instance can answer what is asked of another, of the same model elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.recipe import Loaded
    from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec


class Promise(NamedTuple):
    """What clients and the scheduler were told of a model."""

    spec: ModelSpec
    batchable: bool


def difference(promise: Promise, other: Loaded) -> str:
    """Why `other` cannot keep it; empty when it can."""
    if promise.batchable and not other.warm.batchable:
        return f"its requests cannot share a batch: {other.warm.reason}"
    return _inputs(promise.spec, other.spec) or _outputs(promise.spec, other.spec)


def _inputs(served: ModelSpec, other: ModelSpec) -> str:
    """It must take all that is taken now: a shape is as wide or wider."""
    wide = {tensor.name: tensor for tensor in other.inputs}
    narrow = {tensor.name: tensor for tensor in served.inputs}
    if wide.keys() == narrow.keys() and all(_covers(wide[name], narrow[name]) for name in wide):
        return ""
    return f"it takes {_named(other.inputs)}, not {_named(served.inputs)}"


def _outputs(served: ModelSpec, other: ModelSpec) -> str:
    """Clients were promised names and datatypes; shapes follow from the inputs."""
    found = {(tensor.name, tensor.datatype) for tensor in other.outputs}
    if found == {(tensor.name, tensor.datatype) for tensor in served.outputs}:
        return ""
    return f"it gives {_named(other.outputs)}, not {_named(served.outputs)}"


def _covers(wide: TensorSpec, narrow: TensorSpec) -> bool:
    if wide.datatype != narrow.datatype or len(wide.shape) != len(narrow.shape):
        return False
    return all(size in (-1, other) for size, other in zip(wide.shape, narrow.shape, strict=True))


def _named(tensors: Sequence[TensorSpec]) -> str:
    return ", ".join(f"{tensor.name} {tensor.datatype}{list(tensor.shape)}" for tensor in tensors)
