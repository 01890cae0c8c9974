# SPDX-License-Identifier: Apache-2.0
"""A request between admission and answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.errors import VelaserveError

Signature = tuple[tuple[int, ...], ...]
"""Shapes of the inputs without the batch dimension; only equal ones share a batch."""


class Ticket(Protocol):
    """What `infer` hands out."""

    def cancel(self) -> None:
        """The client is gone: drop the request, or its rows of a running batch."""
        ...


class Pending(ABC):
    """One admitted request; lives on the loop's thread, is answered or cancelled exactly once."""

    __slots__ = (
        "arrays",
        "deadline_s",
        "enqueued_ns",
        "is_open",
        "priority",
        "rows",
        "signature",
        "timer",
    )

    arrays: Arrays
    rows: int
    signature: Signature
    enqueued_ns: int
    deadline_s: float | None
    """On time.monotonic()'s clock."""
    priority: int

    def __init__(self) -> None:
        self.is_open = True
        self.timer: TimerHandle | None = None

    @abstractmethod
    def answer(self, outcome: Arrays | VelaserveError) -> None:
        """Hands the outputs (this request's rows), or why there are none, to who waits."""

    def resolve(self, outcome: Arrays | VelaserveError) -> None:
        """Answers, unless somebody was faster."""
        if self.is_open:
            self.close()
            self.answer(outcome)

    def close(self) -> bool:
        """Whether this call ended it: afterwards nothing else will."""
        was_open, self.is_open = self.is_open, False
        if self.timer is not None:
            self.timer.cancel()
        return was_open
