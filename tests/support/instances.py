# SPDX-License-Identifier: Apache-2.0
"""Small real model instances: they compute, wait at a gate, or fail."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from velaserve_runtime.backends.readings import Reading
from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays

DOUBLE_SPEC = ModelSpec(
    inputs=(TensorSpec("x", "FP32", (-1, 2)),),
    outputs=(TensorSpec("y", "FP32", (-1, 2)),),
    platform="test",
)


class Double:
    """y = 2 x, and a record of the batches it saw."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.firsts: list[float] = []
        self.cancelled = 0
        self.closed = False

    def load(self) -> ModelSpec:
        return DOUBLE_SPEC

    def warm_up(self, sample: Arrays) -> Arrays:
        return self.execute(sample)

    def execute(self, batch: Arrays) -> Arrays:
        self.sizes.append(len(batch["x"]))
        self.firsts.append(float(batch["x"][0, 0]))
        return {"y": batch["x"] * 2}

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.closed = True


class Measuring(Double):
    """Tells the rows of its last batch; nothing before there was one."""

    def readings(self) -> list[Reading]:
        return [Reading("velaserve_padded_rows_total", size) for size in self.sizes[-1:]]


class Gated(Double):
    """Runs only as far as the test lets it: `entered` counts, `gate` lets one batch through."""

    def __init__(self, *errors: Exception) -> None:
        """`errors`: of the first batches that are let through."""
        super().__init__()
        self._errors = list(errors)
        self.entered = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)

    def execute(self, batch: Arrays) -> Arrays:
        self.entered.release()
        self.gate.acquire()
        if self._errors:
            raise self._errors.pop(0)
        return super().execute(batch)


class Failing(Double):
    """Refuses every batch."""

    def execute(self, batch: Arrays) -> Arrays:
        raise ModelFailed(f"no batch of {len(batch['x'])} today")


class Broken(Double):
    """Loses rows: the answer has one row, whatever came."""

    def execute(self, batch: Arrays) -> Arrays:
        return {"y": batch["x"][:1]}


class Picky(Double):
    """Refuses a batch that holds a negative number."""

    def execute(self, batch: Arrays) -> Arrays:
        if (batch["x"] < 0).any():
            raise InvalidRequest("no negative numbers")
        return super().execute(batch)
