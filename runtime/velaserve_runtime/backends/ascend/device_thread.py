# SPDX-License-Identifier: Apache-2.0
"""The one thread that talks to a device for a model: contexts of AscendCL belong to threads."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def _nothing() -> None:
    """Of a call, which ends as it begins."""


class _Job(NamedTuple):
    begin: Callable[[], None]
    finish: Callable[[], None]
    done: Future[None]


class DeviceThread:
    """Begins the next batch while earlier ones are still on their way; ends them in order."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="velaserve-device", daemon=True)
        self._thread.start()

    def call(self, function: Callable[[], T]) -> T:
        """Runs a function there, and raises what it raises."""
        results: list[T] = []
        self.run(lambda: results.append(function()), _nothing)
        return results[0]

    def run(self, begin: Callable[[], None], finish: Callable[[], None]) -> None:
        """Returns when both were done; others may begin in between. Raises what they raise."""
        done: Future[None] = Future()
        self._jobs.put(_Job(begin, finish, done))
        done.result()

    def stop(self) -> None:
        """Ends what was begun, then the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        begun: deque[_Job] = deque()
        while (job := self._next(begun)) is not None:
            if _succeeds(job.begin, job.done):
                begun.append(job)
        while begun:
            _end(begun.popleft())

    def _next(self, begun: deque[_Job]) -> _Job | None:
        """The next job; while there is none, what was begun is ended."""
        while begun and self._jobs.empty():
            _end(begun.popleft())
        return self._jobs.get()


def _end(job: _Job) -> None:
    if _succeeds(job.finish, job.done):
        job.done.set_result(None)


def _succeeds(step: Callable[[], None], done: Future[None]) -> bool:
    try:
        step()
    except BaseException as err:  # noqa: BLE001  whoever waits must be told, whatever it is
        done.set_exception(err)
        return False
    return True
