# SPDX-License-Identifier: Apache-2.0
"""Writes offline models that the simulator runs (tests/runtime/backends/ascend/sim/om.c)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.protocol.datatypes import Array

FP32, INT32, UINT8 = 0, 3, 4
SOC = "Ascend310P3"


@dataclass
class OfflineModel:
    """Tensors get their numbers in the order of inputs, outputs, others."""

    soc: str = SOC
    memory: tuple[int, int] = (4096, 4096)
    gears: Sequence[Sequence[int]] = ()
    gear_kind: str = "batch"
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _weights: bytes = b""

    def tensor(self, kind: str, name: str, shape: Sequence[int], dtype: int = FP32) -> None:
        """An input, output or temporary."""
        self._add(kind, f"{name} {dtype} {_numbers((len(shape), *shape))}")

    def constant(self, name: str, values: Array) -> None:
        array = np.ascontiguousarray(values, np.float32)
        numbers = _numbers((FP32, array.ndim, *array.shape, len(self._weights)))
        self._add("constant", f"{name} {numbers}")
        self._weights += array.tobytes()

    def kernel(self, op: str, result: int, *arguments: int, transposed: bool = False) -> None:
        operands = (*arguments, -1, -1, -1)[:3]
        self._add("kernel", f"{op} {_numbers((result, *operands, int(transposed)))}")

    def write(self, file: Path) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        head = ["SIMOM 1", f"soc {self.soc}", f"memory {_numbers(self.memory)}"]
        for kind in ("input", "output", "temporary", "constant"):
            head += self._lines.get(kind, [])
        head += [f"gear {self.gear_kind} {_numbers((len(each), *each))}" for each in self.gears]
        head += [*self._lines.get("kernel", []), "end", ""]
        file.write_bytes("\n".join(head).encode() + self._weights)
        return file

    def _add(self, kind: str, line: str) -> None:
        self._lines.setdefault(kind, []).append(f"{kind} {line}")


WEIGHTS = np.arange(12, dtype=np.float32).reshape(4, 3) / 10 - 0.4
BIAS = np.array([0.5, -0.25, 1.0], np.float32)


def dense(gears: Sequence[int] = (1, 2, 4, 8), rows: int = -1) -> OfflineModel:
    """y = relu(x W + b): float32[N, 4] -> float32[N, 3]."""
    model = OfflineModel(gears=[[gear] for gear in gears])
    model.tensor("input", "x", (rows, 4))
    model.tensor("output", "Relu_1:0:y", (rows, 3))
    model.tensor("temporary", "t", (rows, 3))
    model.constant("w", WEIGHTS)
    model.constant("b", BIAS)
    model.kernel("Gemm", 2, 0, 3, 4)
    model.kernel("Relu", 1, 2)
    return model


def dense_answer(x: Array) -> Array:
    """What `dense` answers, by numpy."""
    answer: Array = np.maximum(x @ WEIGHTS + BIAS, 0)
    return answer


def _numbers(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))
