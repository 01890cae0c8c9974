# SPDX-License-Identifier: Apache-2.0
"""Clients that each ask, look at the answer, pause and ask again."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

from support.load import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

T = TypeVar("T")
_REQUESTS_MAX = 20_000
"""Of each client: it stops by itself, whatever the test does."""


class Crowd(Generic[T]):
    """One client for each of `asks` while the block runs; at its end every answer is in."""

    def __init__(self, asks: Sequence[Callable[[], T]], pause_s: float) -> None:
        self.answers: Counter[T] = Counter()
        self.seconds: list[float] = []
        self.failures: list[Failure] = []
        self._pause_s = pause_s
        self._start = time.monotonic()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._clients = [
            threading.Thread(target=self._client, args=(ask,), daemon=True) for ask in asks
        ]

    def __enter__(self) -> Crowd[T]:
        for client in self._clients:
            client.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        for client in self._clients:
            client.join()

    def now_s(self) -> float:
        """Since it began."""
        return time.monotonic() - self._start

    def _client(self, ask: Callable[[], T]) -> None:
        for _ in range(_REQUESTS_MAX):
            self._one(ask)
            if self._stopped.wait(self._pause_s):
                return

    def _one(self, ask: Callable[[], T]) -> None:
        sent_s = self.now_s()
        try:
            answer = ask()
        except Exception as err:  # noqa: BLE001 whatever it is, it is a request that failed
            with self._lock:
                self.failures.append(Failure(sent_s, f"{type(err).__name__}: {err}"))
        else:
            with self._lock:
                self.answers[answer] += 1
                self.seconds.append(self.now_s() - sent_s)
