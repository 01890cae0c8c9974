# SPDX-License-Identifier: Apache-2.0
"""The scheduler of a model version: batches form at the end of a loop tick, never waiting idle."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic, monotonic_ns
from typing import TYPE_CHECKING, Protocol

from velaserve_runtime.backends.executor import executor_of
from velaserve_runtime.backends.instance import StandIn
from velaserve_runtime.backends.readings import readings_of
from velaserve_runtime.protocol.errors import DeadlineExceeded, VelaserveError
from velaserve_runtime.scheduling.batch import Batch
from velaserve_runtime.scheduling.executors import INLINE_TICK_NS, InlinePolicy, InstanceThread
from velaserve_runtime.scheduling.queue import RequestQueue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.instance import Runner
    from velaserve_runtime.backends.readings import Reading
    from velaserve_runtime.scheduling.pending import Pending
    from velaserve_runtime.telemetry.model_stats import ModelStats

HUNG_AFTER_S = 60.0
"""A batch that runs longer makes its model not ready: Python cannot kill a thread."""


@dataclass(frozen=True, slots=True)
class SchedulingOptions:
    """How one model version is scheduled; names and defaults: velaserve_lint.names."""

    batchable: bool = True
    max_batch_size: int = 64
    preferred_batch_size: int | None = None
    max_queue_delay_us: int = 0
    max_queue_size: int = 1024
    learns_of_stand_ins: bool = False
    """Whether a batch that the CPU ran in a device's place is a cost: where it began there."""


class BatchCosts(Protocol):
    """What batches cost, by their rows: a CostCurve, or a GearPlan."""

    @property
    def gears(self) -> tuple[int, ...]: ...

    def record(self, rows: int, duration_ns: int) -> None:
        """Learns from a batch that ran."""
        ...

    def choose(self, available: int) -> int:
        """How many of `available` rows the next batch should take, at least 1."""
        ...

    def estimate_ns(self, rows: int) -> float:
        """Expected ns; 0 before anything ran."""
        ...

    def learned_us(self) -> dict[str, float]:
        """For /stats: size -> microseconds."""
        ...


class Scheduler:
    """Queue, batcher and instances of one model version; used by the loop's thread only."""

    def __init__(
        self,
        instances: Sequence[Runner],
        options: SchedulingOptions,
        curve: BatchCosts,
        inline: InlinePolicy,
        stats: ModelStats,
        slots: int = 1,
    ) -> None:
        """`slots`: threads for each instance, which then takes so many batches at a time."""
        self._loop = asyncio.get_running_loop()
        self.options = options
        self.curve = curve
        self.inline = inline
        self._stats = stats
        self._queue = RequestQueue(options.max_queue_size)
        self._rows_waiting = 0
        limit = options.max_batch_size
        self._instances = instances
        self._slots = slots
        self._threads = [
            InstanceThread(one, self._loop, self._ran, limit)
            for one in instances
            for _ in range(slots)
        ]
        self._idle = list(self._threads)
        self._running: dict[InstanceThread, Batch] = {}
        self._tick_planned = False
        self._delay: asyncio.TimerHandle | None = None
        self._drained = asyncio.Event()

    @property
    def queued(self) -> int:
        """Requests that wait."""
        return len(self._queue)

    @property
    def running(self) -> int:
        """Requests in batches that run."""
        return sum(len(batch.pendings) for batch in self._running.values())

    @property
    def hung(self) -> bool:
        """Whether a batch has been running for HUNG_AFTER_S."""
        return bool(self._running) and self.hung_at(monotonic_ns())

    def hung_at(self, now_ns: int) -> bool:
        oldest_ns = min((batch.started_ns for batch in self._running.values()), default=now_ns)
        return now_ns - oldest_ns > HUNG_AFTER_S * 1e9

    @property
    def executor(self) -> str:
        """Where the next batch would run, for /stats."""
        if self.inline.allows(monotonic_ns()):
            return "inline"
        return executor_of((self._idle or self._threads)[-1].instance)

    def readings(self) -> list[Reading]:
        """What the instances tell of themselves."""
        return [reading for one in self._instances for reading in readings_of(one)]

    def submit(self, pending: Pending) -> None:
        """Queues a request; it is served at the end of this tick or when an instance is free.

        Raises:
            QueueFull: max_queue_size requests wait.
            DeadlineExceeded: its deadline has passed already.
        """
        if pending.deadline_s is not None:
            left_s = pending.deadline_s - monotonic()
            if left_s <= 0:
                raise DeadlineExceeded("the deadline had passed when the request arrived")
            self._queue.append(pending)
            pending.timer = self._loop.call_later(left_s, self._expire, pending)
        else:
            self._queue.append(pending)
        self._rows_waiting += pending.rows
        self._plan()

    def cancel(self, pending: Pending) -> None:
        """Forgets a request: it leaves the queue, or its rows are discarded."""
        if pending.close() and not self._leave(pending):
            self._stats.cancelled_rows += pending.rows
            self._stop_unwanted()

    async def drain(self) -> None:
        """Returns when nothing waits and nothing runs."""
        while self._queue or self._running:
            self._drained.clear()
            await self._drained.wait()

    def close(self) -> list[InstanceThread]:
        """Tells the threads to end; the caller joins them off the loop and closes the instances."""
        for thread in self._threads:
            thread.stop()
        return self._threads

    def _plan(self) -> None:
        if not self._tick_planned and self._idle:
            self._tick_planned = True
            self._loop.call_soon(self._tick)

    def _tick(self) -> None:
        self._tick_planned = False
        now_ns = monotonic_ns()
        if self.inline.allows(now_ns):
            self._run_inline(now_ns)
            return
        while self._queue and not self._delayed(now_ns):
            thread = self._free_thread()
            if thread is None:
                break
            batch = self._form(now_ns)
            if batch is not None:
                self._idle.remove(thread)
                self._running[thread] = batch
                thread.submit(batch)

    def _free_thread(self) -> InstanceThread | None:
        """Of an instance that runs nothing, else of one that runs no more rows than wait.

        Fewer would only follow those on the device, in a batch that could have grown meanwhile.
        """
        if self._slots == 1:
            return self._idle[-1] if self._idle else None
        under_way: dict[Runner, int] = {}
        for thread, batch in self._running.items():
            under_way[thread.instance] = max(batch.rows, under_way.get(thread.instance, 0))
        free = min(self._idle, key=lambda thread: under_way.get(thread.instance, 0), default=None)
        if free is None or under_way.get(free.instance, 0) > self._rows_waiting:
            return None
        return free

    def _run_inline(self, begin_ns: int) -> None:
        now_ns = begin_ns
        while self._idle and self._queue and not self._delayed(now_ns):
            if now_ns - begin_ns > INLINE_TICK_NS:
                self._plan()
                return
            batch = self._form(now_ns)
            if batch is not None:
                self.inline.run(batch, self._idle[-1].instance, self.options.max_batch_size)
                self._deliver(batch)
            now_ns = monotonic_ns()

    def _form(self, now_ns: int) -> Batch | None:
        """Takes the next requests from the queue; None when only expired ones were there."""
        limit = self.curve.choose(self._rows_waiting) if self.options.batchable else 1
        taken: list[Pending] = []
        rows = 0
        while self._queue:
            pending = self._queue.first()
            if taken and (rows + pending.rows > limit or pending.signature != taken[0].signature):
                break
            self._leave(pending)
            if pending.deadline_s is not None and pending.deadline_s * 1e9 <= now_ns:
                pending.resolve(_expired(pending))
                continue
            taken.append(pending)
            rows += pending.rows
            if rows >= limit:
                break
        return Batch(taken, rows, now_ns) if taken else None

    def _delayed(self, now_ns: int) -> bool:
        """Whether to wait for more rows, as maxQueueDelayMicroseconds allows."""
        options = self.options
        target = options.preferred_batch_size or options.max_batch_size
        if not options.max_queue_delay_us or self._rows_waiting >= target:
            return False
        until_ns = self._wait_until_ns()
        if until_ns <= now_ns:
            return False
        if self._delay is not None:
            self._delay.cancel()
        self._delay = self._loop.call_later((until_ns - now_ns) / 1e9, self._plan)
        return True

    def _wait_until_ns(self) -> float:
        until_ns: float = self._queue.first().enqueued_ns + self.options.max_queue_delay_us * 1000
        deadlines = [item.deadline_s for item in self._queue if item.deadline_s is not None]
        if deadlines:
            until_ns = min(
                until_ns, min(deadlines) * 1e9 - self.curve.estimate_ns(self._rows_waiting)
            )
        return until_ns

    def _ran(self, thread: InstanceThread, batch: Batch) -> None:
        del self._running[thread]
        self._idle.append(thread)
        self._deliver(batch)
        if self._queue:
            self._plan()

    def _deliver(self, batch: Batch) -> None:
        answered = [
            pending
            for pending, outcome in zip(batch.pendings, batch.outcomes, strict=True)
            if pending.is_open and not isinstance(outcome, VelaserveError)
        ]
        if answered:
            self._stats.executed(batch)
            self._stats.answered(batch, answered, monotonic_ns())
        if batch.rows and len(answered) == len(batch.pendings) and self._teaches(batch):
            self.curve.record(batch.rows, batch.duration_ns)
        for pending, outcome in zip(batch.pendings, batch.outcomes, strict=True):
            pending.resolve(outcome)
        if not self._queue and not self._running:
            self._drained.set()

    def _teaches(self, batch: Batch) -> bool:
        """Whether it ran on what the costs are of: the CPU's would outlast the device's absence."""
        return self.options.learns_of_stand_ins or not isinstance(batch.outcomes[0], StandIn)

    def _leave(self, pending: Pending) -> bool:
        if not self._queue.remove(pending):
            return False
        self._rows_waiting -= pending.rows
        if not self._queue and not self._running:
            self._drained.set()
        return True

    def _expire(self, pending: Pending) -> None:
        waiting = self._leave(pending)
        pending.resolve(_expired(pending))
        if not waiting:
            self._stats.cancelled_rows += pending.rows
            self._stop_unwanted()

    def _stop_unwanted(self) -> None:
        """Ends runs that nobody waits for, where the engine can."""
        for thread, batch in self._running.items():
            if not any(pending.is_open for pending in batch.pendings):
                thread.instance.cancel()


def _expired(pending: Pending) -> DeadlineExceeded:
    waited_ms = (monotonic_ns() - pending.enqueued_ns) / 1e6
    return DeadlineExceeded(f"the deadline passed after {waited_ms:.1f} ms without an answer")
