# SPDX-License-Identifier: Apache-2.0
"""Requests at a steady rate, each on time whether or not those before it have been answered."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from support.eventually import eventually

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

T = TypeVar("T")
_WAITING_MAX = 64
_MORE_S = 30
_REQUESTS_MAX = 20_000
"""It stops by itself, whatever the test does."""


class Failure(NamedTuple):
    """Of one request, which was sent that long after the load began."""

    sent_s: float
    text: str


class Load(Generic[T]):
    """Calls `ask` while the block runs; at its end every answer is in."""

    def __init__(self, ask: Callable[[], T], per_second: float) -> None:
        self.answers: list[T] = []
        self.failures: list[Failure] = []
        self._ask, self._period_s = ask, 1 / per_second
        self._start = time.monotonic()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(_WAITING_MAX)
        self._pacer = threading.Thread(target=self._pace, daemon=True)

    @property
    def gap_s(self) -> float:
        """Time from the first request that failed to the last one."""
        missed = [failure.sent_s for failure in self.failures]
        return max(missed) - min(missed) if missed else 0.0

    def __enter__(self) -> Load[T]:
        self._pacer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._pacer.join()
        self._pool.shutdown()

    def go_on(self, answers: int) -> None:
        """Returns when there are more than so many more."""
        wanted = len(self.answers) + answers
        eventually(lambda: len(self.answers), lambda now: now > wanted, _MORE_S, "the load goes on")

    def _pace(self) -> None:
        for number in range(_REQUESTS_MAX):
            due = self._start + number * self._period_s
            if self._stopped.wait(max(0.0, due - time.monotonic())):
                return
            self._pool.submit(self._one)

    def _one(self) -> None:
        sent = time.monotonic() - self._start
        try:
            self.answers.append(self._ask())
        except Exception as err:  # noqa: BLE001 whatever it is, it is a request that failed
            self.failures.append(Failure(sent, f"{type(err).__name__}: {err}"))
