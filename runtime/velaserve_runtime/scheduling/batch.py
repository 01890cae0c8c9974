# SPDX-License-Identifier: Apache-2.0
"""One batch: stack the requests' rows, run them, give each request its own rows back."""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import ModelFailed, VelaserveError

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.scheduling.pending import Pending


class Batch:
    """Requests that run together; `run` may happen in any thread, once."""

    __slots__ = (
        "compute_ns",
        "input_ns",
        "outcomes",
        "output_ns",
        "pendings",
        "rows",
        "started_ns",
    )

    def __init__(self, pendings: list[Pending], rows: int, started_ns: int) -> None:
        self.pendings = pendings
        self.rows = rows
        self.started_ns = started_ns
        self.outcomes: list[Arrays] | VelaserveError = []
        self.input_ns = 0
        self.compute_ns = 0
        self.output_ns = 0

    @property
    def duration_ns(self) -> int:
        return self.input_ns + self.compute_ns + self.output_ns

    def run(self, instance: ModelInstance, max_batch_size: int) -> None:
        """Fills `outcomes` (one for each request, or one error for all) and the times."""
        begin = monotonic_ns()
        try:
            arrays = self._stack()
            stacked = monotonic_ns()
            self.input_ns = stacked - begin
            outputs = execute_rows(instance, arrays, self.rows, max_batch_size)
            computed = monotonic_ns()
            self.compute_ns = computed - stacked
            self.outcomes = self._split(outputs)
            self.output_ns = monotonic_ns() - computed
        except VelaserveError as err:
            self.outcomes = err
        except Exception as err:  # noqa: BLE001  whatever a model raises is an answer, not the server's end
            self.outcomes = ModelFailed(f"{type(err).__name__}: {err}").with_traceback(
                err.__traceback__
            )

    def _stack(self) -> Arrays:
        if len(self.pendings) == 1:
            return self.pendings[0].arrays
        parts = [pending.arrays for pending in self.pendings]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _split(self, outputs: Arrays) -> list[Arrays]:
        if len(self.pendings) == 1:
            return [outputs]
        for name, array in outputs.items():
            if not array.shape or array.shape[0] != self.rows:
                raise ModelFailed(
                    f"output '{name}' has shape {list(array.shape)} for a batch of {self.rows} "
                    "rows; set max_batch_size: 1 in velaserve.yaml"
                )
        answers: list[Arrays] = []
        start = 0
        for pending in self.pendings:
            stop = start + pending.rows
            answers.append({name: array[start:stop] for name, array in outputs.items()})
            start = stop
        return answers


def execute_rows(instance: ModelInstance, arrays: Arrays, rows: int, max_batch_size: int) -> Arrays:
    """Runs `rows` rows, in pieces of max_batch_size (a single request may bring more)."""
    if rows <= max_batch_size:
        return instance.execute(arrays)
    pieces = [
        instance.execute({name: array[at : at + max_batch_size] for name, array in arrays.items()})
        for at in range(0, rows, max_batch_size)
    ]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
