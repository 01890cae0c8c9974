# SPDX-License-Identifier: Apache-2.0
"""The counters of a model version, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.scheduling.batch import Batch
from velaserve_runtime.scheduling.pending import Pending
from velaserve_runtime.telemetry.model_stats import DURATION_BUCKETS_S, Duration, ModelStats

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError

MS = 1_000_000


class Asked(Pending):
    """A request of some rows that came at some time."""

    def __init__(self, rows: int, enqueued_ns: int) -> None:
        super().__init__()
        self.rows = rows
        self.enqueued_ns = enqueued_ns

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        raise NotImplementedError


def ran(rows: int, *pendings: Asked, started_ns: int = 0) -> Batch:
    """A batch that took 1 ns to stack, 20 ns to run and 3 ns to split."""
    batch = Batch([*pendings], rows, started_ns)
    batch.input_ns, batch.compute_ns, batch.output_ns = 1, 20, 3
    return batch


def test_nothing_has_happened_at_first() -> None:
    stats = ModelStats()
    assert (stats.inference_count, stats.execution_count, stats.last_inference_ms) == (0, 0, 0)
    assert stats.success == stats.fail == stats.queue == Duration(0, 0)


def test_runs_are_counted_by_batch_size() -> None:
    stats = ModelStats()
    for rows in (4, 1, 4):
        stats.executed(ran(rows))
    assert stats.execution_count == 3
    assert {rows: size.compute_infer.count for rows, size in stats.batches.items()} == {4: 2, 1: 1}
    assert stats.batches[4].compute_input == Duration(2, 2)
    assert stats.batches[4].compute_infer == Duration(2, 40)
    assert stats.batches[4].compute_output == Duration(2, 6)


def test_inferences_are_rows_and_durations_are_requests() -> None:
    stats = ModelStats()
    pendings = Asked(2, 100), Asked(3, 150)
    stats.answered(ran(5, *pendings, started_ns=200), pendings, 300)
    assert stats.inference_count == 5
    assert stats.success == Duration(2, (300 - 100) + (300 - 150))
    assert stats.queue == Duration(2, (200 - 100) + (200 - 150))
    assert stats.compute_infer == Duration(2, 2 * 20)
    assert stats.last_inference_ms > 0


def test_who_did_not_wait_is_not_counted_as_answered() -> None:
    stats = ModelStats()
    left, stayed = Asked(2, 100), Asked(3, 100)
    stats.answered(ran(5, left, stayed), [stayed], 300)
    assert (stats.inference_count, stats.success.count) == (3, 1)


@pytest.mark.parametrize(
    ("duration_ns", "bound_s"),
    [
        (0, 0.0005),
        (MS // 2, 0.0005),
        (MS // 2 + 1, 0.001),
        (10_000 * MS, 10.0),
        (10_000 * MS + 1, None),
    ],
)
def test_a_duration_falls_into_the_bucket_that_ends_with_it(
    duration_ns: int, bound_s: float | None
) -> None:
    stats = ModelStats()
    pending = Asked(1, 0)
    stats.answered(ran(1, pending), [pending], duration_ns)
    bounds = [*DURATION_BUCKETS_S, None]
    assert [bounds[at] for at, count in enumerate(stats.duration_buckets) if count] == [bound_s]


def test_failures_are_counted_by_reason() -> None:
    stats = ModelStats()
    for reason in ("bad_request", "deadline", "bad_request"):
        stats.failed(reason, 100, 110)
    assert stats.refusals == {"bad_request": 2, "deadline": 1}
    assert stats.fail == Duration(3, 30)
