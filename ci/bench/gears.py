# SPDX-License-Identifier: Apache-2.0
"""Gears chosen by cost beside "the next larger gear", on the simulated device.

    PYTHONPATH=tests python -m ci.bench.gears [--seconds 2]

The device has the costs that were measured for ResNet50 INT8 on a 310P3 (reference/ascend.md
section 8), ten times as long, so that Python's share does not count. So many clients of one row
each ask again as soon as they are answered; "possible" is the best rate that any batches of so
many rows can have.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from support.ascend_sim import build
from support.offline_models import dense
from velaserve_runtime.backends.ascend.acl import Acl
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance
from velaserve_runtime.backends.geared import GearedInstance
from velaserve_runtime.scheduling.executors import InlinePolicy
from velaserve_runtime.scheduling.gear_plan import GearPlan
from velaserve_runtime.scheduling.pending import Pending
from velaserve_runtime.scheduling.scheduler import Scheduler, SchedulingOptions
from velaserve_runtime.telemetry.model_stats import ModelStats

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError

RATES = {1: 4089, 2: 6323, 4: 9492, 8: 9403, 16: 7748, 32: 7020, 64: 12141}
"""Gear -> images a second."""
SLOWER = 10
COSTS_NS = {gear: round(SLOWER * gear / rate * 1e9) for gear, rate in RATES.items()}
CLIENTS = (1, 3, 6, 12, 24, 48, 96, 192)
ROW = np.ones((1, 4), np.float32)


class Row(Pending):
    """One client's request."""

    def __init__(self, answered: Callable[[], None]) -> None:
        super().__init__()
        self.arrays = {"x": ROW}
        self.rows, self.signature, self.priority = 1, (), 1
        self.deadline_s, self.enqueued_ns = None, 0
        self._answered = answered

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        if isinstance(outcome, Exception):
            raise SystemExit(str(outcome))
        self._answered()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    seconds = parser.parse_args().seconds
    os.environ["ASCENDSIM_COSTS_US"] = ",".join(
        f"{gear}:{cost / 1000}" for gear, cost in COSTS_NS.items()
    )
    with tempfile.TemporaryDirectory() as folder:
        acl = Acl(str(build(Path(folder))))
        file = dense(tuple(RATES)).write(Path(folder) / "model.om")
        print(f"{'clients':>8} {'possible/s':>11} {'by cost':>9} {'next larger':>12}")
        for clients in CLIENTS:
            plans = (measured(), next_larger())
            show(clients, [rate(acl, file, clients, seconds, plan) for plan in plans])


def show(clients: int, rates: list[float]) -> None:
    plan = measured()
    possible = max(rows / plan.estimate_ns(rows) for rows in range(1, clients + 1)) * 1e9
    by_cost, next_larger = (rate / possible for rate in rates)
    print(f"{clients:>8} {possible:>11.0f} {by_cost:>9.2f} {next_larger:>12.2f}")


def measured() -> GearPlan:
    plan = GearPlan(list(RATES))
    for gear, cost_ns in COSTS_NS.items():
        plan.record(gear, cost_ns)
    return plan


def next_larger() -> GearPlan:
    """What a plan does that never learns a cost."""

    class Unmeasured(GearPlan):
        def record(self, rows: int, duration_ns: int) -> None:
            """Nothing."""

    return Unmeasured(list(RATES))


def rate(acl: Acl, file: Path, clients: int, seconds: float, plan: GearPlan) -> float:
    instance = GearedInstance(OfflineModelInstance(file, acl, 0), plan=lambda _: plan)
    slots = instance.load().slots
    try:
        return asyncio.run(answered_per_s(instance, clients, seconds, plan, slots))
    finally:
        instance.close()


async def answered_per_s(
    instance: GearedInstance, clients: int, seconds: float, plan: GearPlan, slots: int
) -> float:
    options = SchedulingOptions(max_batch_size=plan.max_batch_size)
    inline = InlinePolicy("thread", None)
    scheduler = Scheduler([instance], options, plan, inline, ModelStats(), slots)
    begin_s = monotonic()
    count = 0

    def again() -> None:
        nonlocal count
        count += 1
        if monotonic() < begin_s + seconds:
            scheduler.submit(Row(again))

    for _ in range(clients):
        scheduler.submit(Row(again))
    await scheduler.drain()
    taken_s = monotonic() - begin_s
    for thread in scheduler.close():
        thread.join(1)
    return count / taken_s


if __name__ == "__main__":
    main()
