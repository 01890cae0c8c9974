# SPDX-License-Identifier: Apache-2.0
"""Runs batches of any size on a backend that runs only those it was compiled for."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from time import monotonic_ns
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.executor import executor_of
from velaserve_runtime.backends.readings import Reading, readings_of
from velaserve_runtime.scheduling.gear_plan import GearPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec


@dataclass(slots=True)
class GearCounts:
    """What padding cost."""

    rows: int = 0
    padded_rows: int = 0
    hits: int = 0
    """Batches that were a gear."""
    misses: int = 0
    """Batches that were padded or cut."""


class GearedInstance:
    """A ModelInstance that cuts a batch into gears, pads the last rows and slices them off again.

    A model without gears passes through.
    """

    def __init__(
        self,
        instance: ModelInstance,
        gears: Sequence[int] = (),
        plan: Callable[[Sequence[int]], GearPlan] = GearPlan,
    ) -> None:
        """`gears`: for a model that has none of its own; `plan` makes what chooses among them."""
        self._instance = instance
        self._gears = tuple(gears)
        self._new_plan = plan
        self._plan: GearPlan | None = None
        self._lock = threading.Lock()
        self._first_run_s: dict[int, float] = {}
        self.counts = GearCounts()

    @property
    def executor(self) -> str:
        return executor_of(self._instance)

    def load(self) -> ModelSpec:
        spec = self._instance.load()
        gears = spec.gears or (self._gears if _has_free_rows(spec) else ())
        if gears and (self._plan is None or self._plan.gears != gears):
            self._plan = self._new_plan(gears)
        return replace(spec, gears=gears)

    def warm_up(self, sample: Arrays) -> Arrays:
        """Runs a sample of a gear as it is, any other one as a request of so many rows."""
        if self._plan is not None and _rows(sample) not in self._plan.gears:
            return self.execute(sample)
        begin_ns = monotonic_ns()
        outputs = self._instance.warm_up(sample)
        if self._plan is not None:
            seconds = (monotonic_ns() - begin_ns) / 1e9
            self._first_run_s.setdefault(_rows(sample), seconds)
        return outputs

    def execute(self, batch: Arrays) -> Arrays:
        plan = self._plan
        if plan is None:
            return self._instance.execute(batch)
        rows = _rows(batch)
        gears = plan.plan(rows)
        self._count(rows, gears)
        answers = [self._run(plan, *piece) for piece in _pieces(batch, rows, gears)]
        if len(answers) == 1:
            return answers[0]
        return {name: np.concatenate([each[name] for each in answers]) for name in answers[0]}

    def cancel(self) -> None:
        self._instance.cancel()

    def close(self) -> None:
        self._instance.close()

    def readings(self) -> Iterator[Reading]:
        if self._plan is not None:
            yield Reading("velaserve_padded_rows_total", self.counts.padded_rows)
            yield Reading("velaserve_gear_hits_total", self.counts.hits)
            yield Reading("velaserve_gear_misses_total", self.counts.misses)
            for gear, seconds in self._first_run_s.items():
                labels = {"gear": str(gear)}
                yield Reading("velaserve_gear_first_run_seconds", seconds, labels)
        yield from readings_of(self._instance)

    def _run(self, plan: GearPlan, piece: Arrays, rows: int, gear: int) -> Arrays:
        if rows < gear:
            padded = {name: _padded(array, gear) for name, array in piece.items()}
            outputs = self._instance.execute(padded)
            return {name: array[:rows] for name, array in outputs.items()}
        begin_ns = monotonic_ns()
        outputs = self._instance.execute(piece)
        plan.record(gear, monotonic_ns() - begin_ns)
        return outputs

    def _count(self, rows: int, gears: Sequence[int]) -> None:
        with self._lock:
            counts = self.counts
            counts.rows += rows
            counts.padded_rows += sum(gears) - rows
            if gears == (rows,):
                counts.hits += 1
            else:
                counts.misses += 1


def _rows(batch: Arrays) -> int:
    return len(next(iter(batch.values())))


def _has_free_rows(spec: ModelSpec) -> bool:
    return all(tensor.shape[:1] == (-1,) for tensor in (*spec.inputs, *spec.outputs))


def _pieces(batch: Arrays, rows: int, gears: Sequence[int]) -> Iterator[tuple[Arrays, int, int]]:
    """What each gear runs: its rows, how many they are, and the gear."""
    at = 0
    for gear in gears or (1,):
        end = min(at + gear, rows)
        yield {name: array[at:end] for name, array in batch.items()}, end - at, gear
        at = end


def _padded(array: Array, gear: int) -> Array:
    """With the last row again and again: it is valid input for the model, zeros may not be."""
    padded = np.empty((gear, *array.shape[1:]), array.dtype)
    padded[: len(array)] = array
    padded[len(array) :] = array[-1:] if len(array) else 0
    return padded
