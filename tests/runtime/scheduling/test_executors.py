# SPDX-License-Identifier: Apache-2.0
"""When a model may run on the loop, and when no longer."""

from __future__ import annotations

import time
from time import monotonic_ns
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.instances import Double
from velaserve_runtime.scheduling.batch import Batch
from velaserve_runtime.scheduling.executors import INLINE_TICK_NS, InlinePolicy
from velaserve_runtime.scheduling.pending import Pending

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError


class Asked(Pending):
    """A request of one row."""

    def __init__(self) -> None:
        super().__init__()
        self.arrays = {"x": np.zeros((1, 2), np.float32)}
        self.rows = 1

    def answer(self, outcome: Arrays | VelaserveError) -> None:
        raise AssertionError(f"nothing delivers here: {outcome}")


class Waiting(Double):
    """Takes long by the clock, not by the CPU: as if another process had had its turn."""

    def execute(self, batch: Arrays) -> Arrays:
        time.sleep(2 * INLINE_TICK_NS / 1e9)
        return super().execute(batch)


class Computing(Double):
    """Really computes for long."""

    def execute(self, batch: Arrays) -> Arrays:
        end_ns = time.thread_time_ns() + 2 * INLINE_TICK_NS
        while time.thread_time_ns() < end_ns:
            pass
        return super().execute(batch)


def run(policy: InlinePolicy, instance: Double, times: int) -> None:
    for _ in range(times):
        batch = Batch([Asked()], 1, monotonic_ns())
        policy.run(batch, instance, 8)
        assert isinstance(batch.outcomes[0], dict)


@pytest.mark.parametrize(
    ("mode", "p99_ns", "allowed"),
    [
        ("auto", 99_000, True),
        ("auto", 101_000, False),
        ("auto", None, False),
        ("thread", 1, False),
        ("process", 1, False),
        ("inline", None, True),
    ],
)
def test_who_starts_inline(mode: str, p99_ns: int | None, allowed: bool) -> None:
    assert InlinePolicy(mode, p99_ns).allows(monotonic_ns()) is allowed


def test_a_model_that_computes_too_long_leaves_and_may_come_back() -> None:
    policy = InlinePolicy("auto", 1000)
    run(policy, Computing(), 2)
    assert policy.overruns == 1
    assert not policy.allows(monotonic_ns())
    assert policy.allows(monotonic_ns() + 11_000_000_000)


def test_time_that_others_took_is_forgiven() -> None:
    policy = InlinePolicy("auto", 1000)
    run(policy, Waiting(), 5)
    assert policy.overruns == 0
    assert policy.allows(monotonic_ns())
