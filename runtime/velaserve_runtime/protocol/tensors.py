# SPDX-License-Identifier: Apache-2.0
"""Tensors, what a model says about them, and the check of one against the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from velaserve_runtime.protocol.datatypes import Array

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """What a model declares of one input or output; -1 is a free dimension."""

    name: str
    datatype: str
    shape: Shape

    def accepts(self, shape: Shape) -> bool:
        if len(shape) != len(self.shape):
            return False
        return all(want in (-1, got) for want, got in zip(self.shape, shape, strict=True))


@dataclass(slots=True)
class Tensor:
    """Values with their V2 name and datatype."""

    name: str
    datatype: str
    array: Array


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """What a loaded model is: its tensors, its V2 platform, and where it really runs."""

    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    platform: str
    placement: Mapping[str, str] = field(default_factory=dict)
    """For people: device, provider, nodes left on the CPU; shown in the metadata."""
    gears: tuple[int, ...] = ()
    """The only batch sizes that it runs with, where the file itself has them."""
    slots: int = 1
    """Batches that one instance has under way at the same time."""


class InputCheck:
    """Checks decoded inputs against a model's declared ones; made once a model."""

    __slots__ = ("_count", "_free", "_specs")

    def __init__(self, specs: Sequence[TensorSpec]) -> None:
        self._specs = {spec.name: spec for spec in specs}
        self._count = len(self._specs)
        self._free = {spec.name: spec.shape[1:] for spec in specs if spec.shape[:1] == (-1,)}

    def __call__(self, tensors: Sequence[Tensor]) -> None:
        """Returns when names, datatypes and shapes fit.

        Raises:
            InvalidRequest: naming the first input that does not fit.
        """
        for tensor in tensors:
            spec = self._specs.get(tensor.name)
            if spec is None:
                raise InvalidRequest(f"unexpected input '{tensor.name}'; {self._expected()}")
            if tensor.datatype != spec.datatype:
                raise InvalidRequest(
                    f"input '{tensor.name}' has datatype {tensor.datatype}, "
                    f"the model expects {spec.datatype}"
                )
            shape = tensor.array.shape
            if shape[1:] != self._free.get(tensor.name) and not spec.accepts(shape):
                raise InvalidRequest(
                    f"input '{tensor.name}' has shape {list(shape)}, "
                    f"the model expects {list(spec.shape)} (-1 is any size)"
                )
        count = self._count
        if len(tensors) != count or (count > 1 and len({one.name for one in tensors}) != count):
            raise InvalidRequest(self._missing_or_twice(tensors))

    def _missing_or_twice(self, tensors: Sequence[Tensor]) -> str:
        names = [tensor.name for tensor in tensors]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            return f"input '{twice}' is given more than once"
        missing = next(name for name in self._specs if name not in names)
        return f"input '{missing}' is missing; {self._expected()}"

    def _expected(self) -> str:
        return "the model's inputs are " + ", ".join(
            f"{spec.name} {spec.datatype}{list(spec.shape)}" for spec in self._specs.values()
        )
