# SPDX-License-Identifier: Apache-2.0
"""Batches, deadlines and cancellation, with real threads and a gated model."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import wraps
from time import monotonic, monotonic_ns
from typing import TYPE_CHECKING, ParamSpec

import numpy as np
import pytest

from support.instances import Broken, Double, Failing, Gated, Picky
from velaserve_runtime.backends.instance import StandIn
from velaserve_runtime.protocol.errors import (
    DeadlineExceeded,
    InvalidRequest,
    ModelFailed,
    QueueFull,
    VelaserveError,
)
from velaserve_runtime.scheduling.cost import CostCurve
from velaserve_runtime.scheduling.executors import InlinePolicy
from velaserve_runtime.scheduling.pending import Pending
from velaserve_runtime.scheduling.scheduler import Scheduler, SchedulingOptions
from velaserve_runtime.telemetry.model_stats import ModelStats

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from velaserve_runtime.backends.instance import Arrays

P = ParamSpec("P")


class Asked(Pending):
    """A pending request that keeps its answer."""

    def __init__(
        self, value: float, rows: int = 1, timeout_s: float | None = None, priority: int = 1
    ) -> None:
        super().__init__()
        self.arrays = {"x": np.full((rows, 2), value, np.float32)}
        self.rows = rows
        self.signature = ()
        self.enqueued_ns = monotonic_ns()
        self.deadline_s = None if timeout_s is None else monotonic() + timeout_s
        self.priority = priority
        self.answered = asyncio.Event()
        self.outcome: Arrays | VelaserveError | None = None

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        self.outcome = outcome
        self.answered.set()

    async def result(self) -> float:
        await self.answered.wait()
        if isinstance(self.outcome, VelaserveError):
            raise self.outcome
        assert self.outcome is not None
        assert self.outcome["y"].shape == (self.rows, 2)
        return float(self.outcome["y"][0, 0])


@asynccontextmanager
async def scheduled(
    *instances: Double,
    mode: str = "thread",
    limit: int = 8,
    batchable: bool = True,
    queue: int = 100,
    delay_us: int = 0,
    slots: int = 1,
    learns_of_stand_ins: bool = False,
) -> AsyncIterator[Scheduler]:
    options = SchedulingOptions(
        batchable=batchable,
        max_batch_size=limit if batchable else 1,
        max_queue_delay_us=delay_us,
        max_queue_size=queue,
        learns_of_stand_ins=learns_of_stand_ins,
    )
    curve = CostCurve(options.max_batch_size)
    inline = InlinePolicy(mode, None)
    scheduler = Scheduler(instances, options, curve, inline, ModelStats(), slots)
    try:
        yield scheduler
    finally:
        for thread in scheduler.close():
            assert await asyncio.to_thread(thread.join, 10.0), "an instance's thread hangs"


def on_loop(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def bounded() -> None:
            async with asyncio.timeout(30):
                await test(*args, **kwargs)

        asyncio.run(bounded())

    return run


def submit(scheduler: Scheduler, *requests: Asked) -> list[Asked]:
    for request in requests:
        scheduler.submit(request)
    return list(requests)


async def entered(instance: Gated) -> None:
    await asyncio.to_thread(instance.entered.acquire)


@pytest.mark.parametrize("mode", ["thread", "inline"])
@on_loop
async def test_what_comes_in_one_tick_is_one_batch(mode: str) -> None:
    instance = Double()
    async with scheduled(instance, mode=mode) as scheduler:
        requests = submit(scheduler, *(Asked(value) for value in range(5)))
        assert [await one.result() for one in requests] == [0, 2, 4, 6, 8]
        assert instance.sizes == [5]


class Elsewhere(Double):
    """As one with a process of its own, until it has to do without."""

    executor = "process"


@on_loop
async def test_the_executor_is_where_the_next_batch_will_run() -> None:
    instance = Elsewhere()
    async with scheduled(instance) as scheduler:
        assert scheduler.executor == "process"
        instance.executor = "thread"
        assert scheduler.executor == "thread"
    async with scheduled(instance, mode="inline") as scheduler:
        assert scheduler.executor == "inline"


class FailsOver(Double):
    """Every other batch is answered by the CPU, in the device's place."""

    def execute(self, batch: Arrays) -> Arrays:
        outputs = super().execute(batch)
        return StandIn(outputs, "ascend") if len(self.sizes) % 2 else outputs


@pytest.mark.parametrize(("learns", "sizes"), [(False, ["3", "4"]), (True, ["1", "2", "3", "4"])])
@on_loop
async def test_what_stands_in_teaches_no_costs_of_the_device(
    learns: bool, sizes: list[str]
) -> None:
    async with scheduled(FailsOver(), limit=4, learns_of_stand_ins=learns) as scheduler:
        for rows in (1, 3, 2, 4):
            [one] = submit(scheduler, Asked(1, rows))
            assert await one.result() == 2
        assert list(scheduler.curve.learned_us()) == sizes


@on_loop
async def test_a_further_slot_is_for_as_many_rows_as_are_under_way() -> None:
    instance = Gated()
    async with scheduled(instance, slots=3) as scheduler:
        requests = submit(scheduler, *(Asked(value) for value in range(3)))
        await entered(instance)
        requests += submit(scheduler, *(Asked(value) for value in range(3, 5)))
        await asyncio.sleep(0)
        assert (scheduler.running, scheduler.queued) == (3, 2)
        requests += submit(scheduler, Asked(5))
        await entered(instance)
        assert (scheduler.running, scheduler.queued) == (6, 0)
        instance.gate.release(2)
        assert sorted([await one.result() for one in requests]) == [0, 2, 4, 6, 8, 10]
        assert instance.sizes == [3, 3]


@on_loop
async def test_an_instance_that_rests_is_taken_before_a_further_slot() -> None:
    first, second = Gated(), Gated()
    async with scheduled(first, second, slots=2) as scheduler:
        requests = submit(scheduler, Asked(1, rows=3))
        await asyncio.sleep(0)
        requests += submit(scheduler, Asked(2))
        await asyncio.gather(entered(first), entered(second))
        for instance in (first, second):
            instance.gate.release()
        assert [await one.result() for one in requests] == [2, 4]


@on_loop
async def test_a_batch_holds_at_most_max_batch_size_rows() -> None:
    instance = Double()
    async with scheduled(instance, limit=4) as scheduler:
        requests = submit(scheduler, Asked(1, rows=3), Asked(2, rows=2), Asked(3, rows=9))
        assert [await one.result() for one in requests] == [2, 4, 6]
        assert instance.sizes == [3, 2, 4, 4, 1], "a longer request runs in pieces"


@on_loop
async def test_an_unbatchable_model_runs_one_request_at_a_time() -> None:
    instance = Double()
    async with scheduled(instance, batchable=False) as scheduler:
        requests = submit(scheduler, Asked(1), Asked(2), Asked(3))
        assert [await one.result() for one in requests] == [2, 4, 6]
        assert instance.sizes == [1, 1, 1]


@on_loop
async def test_shapes_that_differ_do_not_share_a_batch() -> None:
    instance = Double()
    async with scheduled(instance) as scheduler:
        odd = Asked(2)
        odd.signature = ((3,),)
        requests = submit(scheduler, Asked(1), odd, Asked(3))
        assert [await one.result() for one in requests] == [2, 4, 6]
        assert instance.sizes == [1, 1, 1]


@on_loop
async def test_two_instances_run_beside_each_other() -> None:
    one, two = Gated(), Gated()
    async with scheduled(one, two, limit=1) as scheduler:
        requests = submit(scheduler, Asked(1), Asked(2))
        await entered(one)
        await entered(two)
        assert scheduler.running == 2
        one.gate.release()
        two.gate.release()
        assert [await request.result() for request in requests] == [2, 4]


@on_loop
async def test_a_full_queue_refuses_at_once() -> None:
    instance = Gated()
    async with scheduled(instance, queue=2) as scheduler:
        first = submit(scheduler, Asked(1))
        await entered(instance)
        waiting = submit(scheduler, Asked(2), Asked(3))
        with pytest.raises(QueueFull, match="2 requests wait"):
            scheduler.submit(Asked(4))
        instance.gate.release(2)
        assert [await one.result() for one in first + waiting] == [2, 4, 6]


@on_loop
async def test_a_deadline_is_answered_while_the_model_still_runs() -> None:
    instance = Gated()
    async with scheduled(instance) as scheduler:
        running = submit(scheduler, Asked(1, timeout_s=0.05))[0]
        await entered(instance)
        waiting = submit(scheduler, Asked(2, timeout_s=0.05))[0]
        for request in (running, waiting):
            with pytest.raises(DeadlineExceeded, match="deadline passed"):
                await request.result()
        assert scheduler.queued == 0
        assert instance.cancelled == 1, "nobody waits for the running batch"
        instance.gate.release()
        await scheduler.drain()
        assert instance.sizes == [1], "the request that waited is never run"


@on_loop
async def test_a_deadline_in_the_past_is_refused() -> None:
    async with scheduled(Double()) as scheduler:
        with pytest.raises(DeadlineExceeded, match="when the request arrived"):
            scheduler.submit(Asked(1, timeout_s=-1))
        assert scheduler.queued == 0


@on_loop
async def test_a_cancelled_request_is_not_run() -> None:
    instance = Gated()
    async with scheduled(instance) as scheduler:
        first, second, third = submit(scheduler, Asked(1))[0], Asked(2), Asked(3)
        await entered(instance)
        submit(scheduler, second, third)
        scheduler.cancel(second)
        assert scheduler.queued == 1
        instance.gate.release(2)
        assert [await first.result(), await third.result()] == [2, 6]
        assert instance.sizes == [1, 1]
        assert second.outcome is None


@on_loop
async def test_rows_of_a_running_batch_are_discarded_when_their_client_leaves() -> None:
    instance = Gated()
    async with scheduled(instance) as scheduler:
        leaves, stays = submit(scheduler, Asked(1), Asked(2))
        await entered(instance)
        scheduler.cancel(leaves)
        assert instance.cancelled == 0, "somebody still waits for this batch"
        instance.gate.release()
        assert await stays.result() == 4
        assert leaves.outcome is None


@on_loop
async def test_a_failing_batch_answers_everybody() -> None:
    async with scheduled(Failing()) as scheduler:
        for request in submit(scheduler, Asked(1), Asked(2)):
            with pytest.raises(ModelFailed, match="no batch of 1 today"):
                await request.result()


@on_loop
async def test_a_request_that_the_model_refuses_takes_nobody_with_it() -> None:
    instance = Picky()
    async with scheduled(instance) as scheduler:
        good, bad, other = submit(scheduler, Asked(1), Asked(-1), Asked(3))
        assert [await good.result(), await other.result()] == [2, 6]
        with pytest.raises(InvalidRequest, match="no negative numbers"):
            await bad.result()


@on_loop
async def test_lost_rows_are_an_error_not_somebody_elses_answer() -> None:
    async with scheduled(Broken()) as scheduler:
        request = submit(scheduler, Asked(1), Asked(2, rows=2))[1]
        with pytest.raises(ModelFailed, match=r"has shape \[1, 2\] for a batch of 2 rows"):
            await request.result()


@on_loop
async def test_priority_goes_first() -> None:
    instance = Gated()
    async with scheduled(instance, limit=1) as scheduler:
        submit(scheduler, Asked(0))
        await entered(instance)
        requests = submit(scheduler, Asked(1, priority=3), Asked(2, priority=2), Asked(3))
        instance.gate.release(4)
        for request in requests:
            await request.result()
        assert instance.firsts == [0, 3, 2, 1]


@on_loop
async def test_queue_delay_gathers_a_batch() -> None:
    instance = Double()
    async with scheduled(instance, limit=3, delay_us=10_000_000) as scheduler:
        first = submit(scheduler, Asked(1))
        for _ in range(5):
            await asyncio.sleep(0)
        assert scheduler.queued == 1, "one row waits for more"
        requests = first + submit(scheduler, Asked(2), Asked(3))
        assert [await one.result() for one in requests] == [2, 4, 6]
        assert instance.sizes == [3]


@on_loop
async def test_queue_delay_ends_before_a_deadline() -> None:
    async with scheduled(Double(), delay_us=60_000_000) as scheduler:
        request = submit(scheduler, Asked(1, timeout_s=0.5))[0]
        assert scheduler._wait_until_ns() < monotonic_ns() + 1e9
        scheduler.cancel(request)


@on_loop
async def test_drain_returns_when_the_last_answer_is_out() -> None:
    instance = Gated()
    async with scheduled(instance) as scheduler:
        submit(scheduler, Asked(1))
        await entered(instance)
        drained = asyncio.create_task(scheduler.drain())
        await asyncio.sleep(0)
        assert not drained.done()
        instance.gate.release()
        await drained


@on_loop
async def test_a_batch_that_never_ends_makes_the_model_hung() -> None:
    instance = Gated()
    async with scheduled(instance) as scheduler:
        request = submit(scheduler, Asked(1))[0]
        await entered(instance)
        started_ns = next(iter(scheduler._running.values())).started_ns
        assert not scheduler.hung_at(started_ns + 59_000_000_000)
        assert scheduler.hung_at(started_ns + 61_000_000_000)
        instance.gate.release()
        await request.result()
        assert not scheduler.hung_at(started_ns + 61_000_000_000)
