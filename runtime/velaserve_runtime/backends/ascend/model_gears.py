# SPDX-License-Identifier: Apache-2.0
"""The gears of an offline model: the only shapes that it was compiled for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.protocol.tensors import Shape, TensorSpec

GearKind = Literal["none", "batch", "image", "dims"]


@dataclass(frozen=True, slots=True)
class Gear:
    """One of them; a model without gears has one, of no values."""

    values: Shape
    """As ATC was given them: a batch, height and width, or the dims of all inputs in a row."""
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...] = ()


def input_shapes(
    kind: GearKind, values: Shape, declared: Sequence[TensorSpec]
) -> tuple[Shape, ...]:
    """What the inputs' free dimensions are in a gear."""
    if kind == "dims":
        return _cut(values, [len(spec.shape) for spec in declared])
    return tuple(_filled(spec.shape, values) for spec in declared)


def common_shape(shapes: Sequence[Shape]) -> Shape:
    """What is the same in all gears; -1 where they differ."""
    return tuple(sizes[0] if len(set(sizes)) == 1 else -1 for sizes in zip(*shapes, strict=True))


def _filled(shape: Shape, values: Shape) -> Shape:
    left = iter(values)
    return tuple(next(left) if size < 0 else size for size in shape)


def _cut(values: Shape, ranks: Sequence[int]) -> tuple[Shape, ...]:
    cut: list[Shape] = []
    at = 0
    for rank in ranks:
        cut.append(values[at : at + rank])
        at += rank
    return tuple(cut)
