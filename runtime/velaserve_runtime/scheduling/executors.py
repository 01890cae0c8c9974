# SPDX-License-Identifier: Apache-2.0
"""Where a batch runs: on the loop, or in the thread that owns the instance."""

from __future__ import annotations

import threading
from queue import SimpleQueue
from time import monotonic_ns, thread_time_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

    from velaserve_runtime.backends.instance import Runner
    from velaserve_runtime.scheduling.batch import Batch

INLINE_RUN_NS = 100_000
"""A model whose p99 is below this may run on the loop (runtime.md item 2)."""
INLINE_TICK_NS = 1_000_000
"""The most a tick may spend in models; a longer single run ends inline execution."""
_WATCHED_RUNS = 16
_EXILE_NS = 10_000_000_000
_LONGEST_EXILE_NS = 600_000_000_000


class InstanceThread:
    """One instance and the one thread that runs it; results come back by one wake-up a batch."""

    def __init__(
        self,
        instance: Runner,
        loop: AbstractEventLoop,
        done: Callable[[InstanceThread, Batch], None],
        max_batch_size: int,
    ) -> None:
        self.instance = instance
        self._loop = loop
        self._done = done
        self._max_batch_size = max_batch_size
        self._jobs: SimpleQueue[Batch | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="velaserve-instance", daemon=True)
        self._thread.start()

    def submit(self, batch: Batch) -> None:
        self._jobs.put(batch)

    def stop(self) -> None:
        """Ends the thread after its running batch."""
        self._jobs.put(None)

    def join(self, timeout_s: float) -> bool:
        """Whether the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (batch := self._jobs.get()) is not None:
            batch.run(self.instance, self._max_batch_size)
            self._loop.call_soon_threadsafe(self._done, self, batch)


class InlinePolicy:
    """Runs batches on the loop where that is allowed; it is left after one overrun.

    An overrun is CPU time: what other processes or a CPU quota took is no fault of the model.
    That clock is a system call, so it is read only for some runs after a suspicious one.
    """

    __slots__ = ("_exile_ns", "_mode", "_until_ns", "_watched", "overruns")

    def __init__(self, mode: str, p99_ns: int | None) -> None:
        fast = p99_ns is not None and p99_ns < INLINE_RUN_NS
        self._mode = mode == "inline" or (mode == "auto" and fast)
        self._exile_ns = _EXILE_NS
        self._until_ns = 0
        self._watched = 0
        self.overruns = 0

    def allows(self, now_ns: int) -> bool:
        return self._mode and now_ns >= self._until_ns

    def run(self, batch: Batch, instance: Runner, max_batch_size: int) -> None:
        """Runs a batch here and now, and learns from how long it took."""
        if self._watched:
            self._watched -= 1
            begin_ns = thread_time_ns()
            batch.run(instance, max_batch_size)
            if thread_time_ns() - begin_ns > INLINE_TICK_NS:
                self._leave()
        else:
            batch.run(instance, max_batch_size)
            if batch.duration_ns > INLINE_TICK_NS:
                self._watched = _WATCHED_RUNS

    def _leave(self) -> None:
        self.overruns += 1
        self._watched = 0
        self._until_ns = monotonic_ns() + self._exile_ns
        self._exile_ns = min(2 * self._exile_ns, _LONGEST_EXILE_NS)
