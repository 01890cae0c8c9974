# SPDX-License-Identifier: Apache-2.0
"""Whether a device may be given batches: a state machine, without threads and without waiting."""

from __future__ import annotations

from enum import IntEnum
from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import DeviceLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.protocol.errors import DeviceError

FAILURES_IN_A_ROW = 3
"""So many failed batches, with no good one between them, are the device's state, not an input's."""
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0


class State(IntEnum):
    """The value of velaserve_breaker_state; the larger, the worse."""

    CLOSED = 0
    """Batches go to the device."""
    HALF_OPEN = 1
    """A probe is loading the model on the device again; batches do not go there."""
    OPEN = 2
    """Batches do not go to the device; a probe is due in `wait_s`."""


class Breaker:
    """Written by one thread at a time: the runner's while CLOSED, then the probe's."""

    __slots__ = ("_clock", "_closed_at_s", "_in_a_row", "_limit", "reason", "state", "wait_s")

    def __init__(
        self, limit: int | None = FAILURES_IN_A_ROW, clock: Callable[[], float] = monotonic
    ) -> None:
        """`limit`: faults and memory errors in a row that open it; None: only a loss does."""
        self.state = State.CLOSED
        self.reason = ""
        """Why it is not CLOSED."""
        self.wait_s = FIRST_WAIT_S
        self._limit = limit
        self._clock = clock
        self._in_a_row = 0
        self._closed_at_s = clock()

    def succeeded(self) -> None:
        """The device ran a batch."""
        self._in_a_row = 0

    def failed(self, error: DeviceError) -> bool:
        """The device failed a batch; whether that opened the breaker."""
        self._in_a_row += 1
        worn_out = self._limit is not None and self._in_a_row >= self._limit
        if worn_out or isinstance(error, DeviceLost):
            self.open(str(error))
        return self.state is State.OPEN

    def open(self, reason: str) -> None:
        """A device that fails again soon after a probe is waited for longer than one that held."""
        if self._clock() - self._closed_at_s >= LONGEST_WAIT_S:
            self.wait_s = FIRST_WAIT_S
        self.reason = reason
        self.state = State.OPEN

    def probe(self) -> None:
        """A probe begins."""
        self.state = State.HALF_OPEN

    def probe_failed(self, reason: str) -> None:
        """Each failed probe doubles the wait for the next one."""
        self.wait_s = min(2 * self.wait_s, LONGEST_WAIT_S)
        self.reason = reason
        self.state = State.OPEN

    def close(self) -> None:
        """A probe has shown that the device runs the model."""
        self.wait_s = min(2 * self.wait_s, LONGEST_WAIT_S)
        self._in_a_row = 0
        self._closed_at_s = self._clock()
        self.state = State.CLOSED
        self.reason = ""
