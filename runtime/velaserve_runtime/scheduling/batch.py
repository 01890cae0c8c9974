# SPDX-License-Identifier: Apache-2.0
"""One batch: stack the requests' rows, run them, give each request its own rows back."""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.instance import made_of
from velaserve_runtime.protocol.errors import ModelFailed, VelaserveError

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, Runner
    from velaserve_runtime.scheduling.pending import Pending

    Outcome = Arrays | VelaserveError


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
        self.outcomes: list[Outcome] = []
        """One for each request once it has run: its rows of the outputs, or why there are none."""
        self.input_ns = 0
        self.compute_ns = 0
        self.output_ns = 0

    @property
    def duration_ns(self) -> int:
        return self.input_ns + self.compute_ns + self.output_ns

    def run(self, instance: Runner, max_batch_size: int) -> None:
        """Fills `outcomes` and the times; when it fails, each request runs alone.

        So a request that the model refuses takes nobody with it.
        """
        try:
            self.outcomes = self._run_together(instance, max_batch_size)
        except Exception as err:  # noqa: BLE001  whatever a model raises is an answer
            if len(self.pendings) == 1:
                self.outcomes = [_as_answer(err)]
            else:
                self.outcomes = [
                    outcome
                    for pending in self.pendings
                    for outcome in self._alone(pending, instance, max_batch_size)
                ]

    def _run_together(self, instance: Runner, max_batch_size: int) -> list[Outcome]:
        begin = monotonic_ns()
        arrays = self._stack()
        stacked = monotonic_ns()
        self.input_ns = stacked - begin
        outputs = execute_rows(instance, arrays, self.rows, max_batch_size)
        computed = monotonic_ns()
        self.compute_ns = computed - stacked
        answers = self._split(outputs)
        self.output_ns = monotonic_ns() - computed
        return answers

    def _alone(self, pending: Pending, instance: Runner, max_batch_size: int) -> list[Outcome]:
        if not pending.is_open:
            return [ModelFailed("nobody waits for it any more")]
        alone = Batch([pending], pending.rows, self.started_ns)
        alone.run(instance, max_batch_size)
        self.compute_ns += alone.compute_ns
        return alone.outcomes

    def _stack(self) -> Arrays:
        if len(self.pendings) == 1:
            return self.pendings[0].arrays
        parts = [pending.arrays for pending in self.pendings]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _split(self, outputs: Arrays) -> list[Outcome]:
        if len(self.pendings) == 1 and self.rows <= 1:
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
        return [made_of([outputs], answer) for answer in answers]


def _as_answer(err: Exception) -> VelaserveError:
    if isinstance(err, VelaserveError):
        return err
    failed = ModelFailed(f"{type(err).__name__}: {err}")
    failed.__cause__ = err
    return failed


def execute_rows(instance: Runner, arrays: Arrays, rows: int, max_batch_size: int) -> Arrays:
    """Runs `rows` rows, in pieces of max_batch_size (a single request may bring more)."""
    if rows <= max_batch_size:
        return instance.execute(arrays)
    pieces = [
        instance.execute({name: array[at : at + max_batch_size] for name, array in arrays.items()})
        for at in range(0, rows, max_batch_size)
    ]
    joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    return made_of(pieces, joined)
