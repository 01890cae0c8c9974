# SPDX-License-Identifier: Apache-2.0
"""The counters of one model version, written by the loop's thread, read at scrape and by /stats."""

from __future__ import annotations

import time
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.scheduling.batch import Batch
    from velaserve_runtime.scheduling.pending import Pending

_BUCKETS_MS = (0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
_BUCKETS_NS = [int(bound_ms * 1e6) for bound_ms in _BUCKETS_MS]
DURATION_BUCKETS_S = tuple(bound_ms / 1000 for bound_ms in _BUCKETS_MS)


@dataclass(slots=True)
class Duration:
    """How often, and how long in all; Triton's StatisticDuration."""

    count: int = 0
    ns: int = 0

    def add(self, duration_ns: int, count: int = 1) -> None:
        self.count += count
        self.ns += duration_ns


@dataclass(slots=True)
class BatchSize:
    """What batches of one size took."""

    compute_input: Duration = field(default_factory=Duration)
    compute_infer: Duration = field(default_factory=Duration)
    compute_output: Duration = field(default_factory=Duration)


@dataclass(slots=True)
class ModelStats:
    """Counters since the version was loaded; `inference_count` counts rows, as Triton does."""

    success: Duration = field(default_factory=Duration)
    fail: Duration = field(default_factory=Duration)
    queue: Duration = field(default_factory=Duration)
    compute_input: Duration = field(default_factory=Duration)
    compute_infer: Duration = field(default_factory=Duration)
    compute_output: Duration = field(default_factory=Duration)
    inference_count: int = 0
    execution_count: int = 0
    last_inference_ms: int = 0
    batches: dict[int, BatchSize] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    cancelled_rows: int = 0
    duration_buckets: list[int] = field(default_factory=lambda: [0] * (len(DURATION_BUCKETS_S) + 1))

    def executed(self, batch: Batch) -> None:
        """Counts one run of the model."""
        self.execution_count += 1
        size = self.batches.get(batch.rows)
        if size is None:
            size = self.batches[batch.rows] = BatchSize()
        size.compute_input.add(batch.input_ns)
        size.compute_infer.add(batch.compute_ns)
        size.compute_output.add(batch.output_ns)

    def answered(self, batch: Batch, answered: Sequence[Pending], now_ns: int) -> None:
        """Counts the requests of a batch that got their answers."""
        count = len(answered)
        enqueued_ns = 0
        for pending in answered:
            self.inference_count += pending.rows
            enqueued_ns += pending.enqueued_ns
            slot = bisect_left(_BUCKETS_NS, now_ns - pending.enqueued_ns)
            self.duration_buckets[slot] += 1
        self.success.add(now_ns * count - enqueued_ns, count)
        self.queue.add(batch.started_ns * count - enqueued_ns, count)
        self.compute_input.add(batch.input_ns * count, count)
        self.compute_infer.add(batch.compute_ns * count, count)
        self.compute_output.add(batch.output_ns * count, count)
        self.last_inference_ms = time.time_ns() // 1_000_000

    def failed(self, reason: str, enqueued_ns: int, now_ns: int) -> None:
        """Counts one request that was refused or failed, by reason."""
        self.fail.add(now_ns - enqueued_ns)
        self.refusals[reason] = self.refusals.get(reason, 0) + 1
