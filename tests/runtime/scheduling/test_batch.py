# SPDX-License-Identifier: Apache-2.0
"""Each answer says by itself whether the CPU computed it in a device's place."""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

import numpy as np

from support.instances import Double
from velaserve_runtime.backends.instance import StandIn
from velaserve_runtime.protocol.errors import ModelFailed
from velaserve_runtime.scheduling.batch import Batch
from velaserve_runtime.scheduling.pending import Pending

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError


class Asked(Pending):
    """A request of some rows."""

    def __init__(self, rows: int = 1) -> None:
        super().__init__()
        self.arrays = {"x": np.ones((rows, 2), np.float32)}
        self.rows = rows

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        raise AssertionError(f"nothing delivers here: {outcome}")


class Failover(Double):
    """The numbered runs, from 1, are the CPU's; a run of more than `limit` rows fails."""

    def __init__(self, *on_cpu: int, limit: int = 100) -> None:
        super().__init__()
        self._on_cpu = on_cpu
        self._limit = limit

    def execute(self, batch: Arrays) -> Arrays:
        outputs = super().execute(batch)
        if len(batch["x"]) > self._limit:
            raise ModelFailed("too many")
        return StandIn(outputs, "ascend") if len(self.sizes) in self._on_cpu else outputs


def origins(instance: Double, *rows: int, max_batch_size: int = 8) -> list[str]:
    """Where each request was computed."""
    batch = Batch([Asked(count) for count in rows], sum(rows), monotonic_ns())
    batch.run(instance, max_batch_size)
    for count, outcome in zip(rows, batch.outcomes, strict=True):
        assert isinstance(outcome, dict), outcome
        np.testing.assert_array_equal(outcome["y"], np.full((count, 2), 2, np.float32))
    return ["cpu" if isinstance(outcome, StandIn) else "device" for outcome in batch.outcomes]


def test_a_batch_on_the_cpu_is_that_for_each_of_its_requests() -> None:
    assert origins(Failover(1), 1, 2) == ["cpu", "cpu"]
    assert origins(Failover(1), 1) == ["cpu"]
    assert origins(Failover(2), 1, 2) == ["device", "device"]


def test_a_request_in_pieces_is_the_cpu_s_when_a_piece_is() -> None:
    assert origins(Failover(2), 5, max_batch_size=2) == ["cpu"]
    assert origins(Failover(4), 5, max_batch_size=2) == ["device"]


def test_requests_that_run_alone_after_a_failure_are_told_apart() -> None:
    assert origins(Failover(3, limit=2), 1, 2) == ["device", "cpu"]
