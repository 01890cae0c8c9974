# SPDX-License-Identifier: Apache-2.0
"""When a device gets batches, and how long it is left alone when it does not."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from velaserve_runtime.backends.breaker import (
    FAILURES_IN_A_ROW,
    FIRST_WAIT_S,
    LONGEST_WAIT_S,
    Breaker,
    State,
)
from velaserve_runtime.protocol.errors import (
    DEVICE_ERRORS,
    DeviceError,
    DeviceFault,
    DeviceLost,
    DeviceOutOfMemory,
)

FAULT, MEMORY, LOST = DeviceFault("fault"), DeviceOutOfMemory("memory"), DeviceLost("lost")


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_lost_device_opens_at_once() -> None:
    for limit in (None, FAILURES_IN_A_ROW):
        breaker = Breaker(limit)
        assert breaker.failed(LOST)
        assert (breaker.state, breaker.reason) == (State.OPEN, "lost")


@pytest.mark.parametrize("error", [FAULT, MEMORY])
def test_failures_in_a_row_open(error: DeviceError) -> None:
    breaker = Breaker()
    assert [breaker.failed(error) for _ in range(3)] == [False, False, True]


def test_faults_and_memory_errors_count_together() -> None:
    breaker = Breaker()
    assert [breaker.failed(error) for error in (FAULT, MEMORY, FAULT)] == [False, False, True]


def test_a_good_batch_begins_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(10):
        assert not breaker.failed(FAULT)
        assert not breaker.failed(FAULT)
        breaker.succeeded()
    assert breaker.state is State.CLOSED


def test_without_a_limit_only_a_loss_opens() -> None:
    breaker = Breaker(None)
    assert not any(breaker.failed(error) for error in (FAULT, MEMORY) * 100)
    assert breaker.failed(LOST)


def test_each_failed_probe_doubles_the_wait_up_to_a_minute() -> None:
    breaker = Breaker()
    breaker.failed(LOST)
    waits_s = [breaker.wait_s]
    for _ in range(8):
        breaker.probe()
        assert breaker.state is State.HALF_OPEN
        breaker.probe_failed("still lost")
        waits_s.append(breaker.wait_s)
    assert waits_s == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (breaker.state, breaker.reason) == (State.OPEN, "still lost")


def test_a_device_that_holds_for_a_minute_is_trusted_again() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    waits_s = []
    for held_s in (0, 59, 59, 61, 59):
        clock.now_s += held_s
        breaker.failed(LOST)
        waits_s.append(breaker.wait_s)
        breaker.probe()
        breaker.close()
    assert waits_s == [1, 2, 4, 1, 2]


def test_a_closed_one_has_no_reason() -> None:
    breaker = Breaker()
    breaker.failed(LOST)
    breaker.probe()
    assert breaker.reason == "lost"
    breaker.close()
    assert (breaker.state, breaker.reason) == (State.CLOSED, "")
    assert not breaker.failed(FAULT)


class BreakerLife(RuleBasedStateMachine):
    """Any order of what a device, its probes and the clock can do."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.breaker = Breaker(clock=self.clock)
        self.in_a_row = 0
        self.wait_s = 0.0

    def is_in(self, state: State) -> bool:
        return self.breaker.state is state

    @rule(seconds=st.floats(0, 200))
    def time_passes(self, seconds: float) -> None:
        self.clock.now_s += seconds

    @precondition(lambda self: self.is_in(State.CLOSED))
    @rule()
    def a_batch_succeeds(self) -> None:
        self.breaker.succeeded()
        self.in_a_row = 0

    @precondition(lambda self: self.is_in(State.CLOSED))
    @rule(kind=st.sampled_from(DEVICE_ERRORS))
    def a_batch_fails(self, kind: type[DeviceError]) -> None:
        self.in_a_row += 1
        opened = self.breaker.failed(kind("why"))
        assert opened == (kind is DeviceLost or self.in_a_row == FAILURES_IN_A_ROW)
        assert opened == self.is_in(State.OPEN)

    @precondition(lambda self: self.is_in(State.OPEN))
    @rule()
    def a_probe_begins(self) -> None:
        self.wait_s = self.breaker.wait_s
        self.breaker.probe()
        assert self.is_in(State.HALF_OPEN)

    @precondition(lambda self: self.is_in(State.HALF_OPEN))
    @rule()
    def a_probe_fails(self) -> None:
        self.breaker.probe_failed("why")
        assert self.is_in(State.OPEN)
        assert self.breaker.wait_s == min(2 * self.wait_s, LONGEST_WAIT_S)

    @precondition(lambda self: self.is_in(State.HALF_OPEN))
    @rule()
    def a_probe_succeeds(self) -> None:
        self.breaker.close()
        self.in_a_row = 0
        assert self.is_in(State.CLOSED)

    @invariant()
    def waits_are_bounded(self) -> None:
        assert FIRST_WAIT_S <= self.breaker.wait_s <= LONGEST_WAIT_S

    @invariant()
    def it_says_why_exactly_when_it_is_not_closed(self) -> None:
        assert bool(self.breaker.reason) != self.is_in(State.CLOSED)

    @invariant()
    def it_opens_before_a_batch_too_many(self) -> None:
        assert self.in_a_row < FAILURES_IN_A_ROW or not self.is_in(State.CLOSED)


TestBreakerLife = BreakerLife.TestCase
TestBreakerLife.settings = settings(max_examples=50, stateful_step_count=60, deadline=None)
