# SPDX-License-Identifier: Apache-2.0
"""The runs of the model process: front ends ask for them in their threads, one thread does them."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future
from queue import SimpleQueue
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, ModelInstance


class Run:
    """One run of the model for one front end."""

    def __init__(self, inputs: Arrays, *, warm_up: bool) -> None:
        self.inputs = inputs
        self.warm_up = warm_up
        self.outcome: Future[Arrays] = Future()


def outputs_of(outcome: Future[Arrays]) -> Arrays:
    """Of a run that has ended.

    Raises:
        ModelFailed: it was cancelled before it began.
        Exception: whatever the model raised.
    """
    try:
        return outcome.result()
    except CancelledError:
        raise ModelFailed("the run was cancelled before it began") from None


class Runs:
    """A ModelInstance runs one batch at a time, first come, first served.

    All in the thread that calls `work`: some devices bind their context to one thread.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Run | None] = SimpleQueue()
        self._running: Run | None = None
        self._instance: ModelInstance | None = None
        self._lock = threading.Lock()

    def submit(self, run: Run) -> None:
        self._waiting.put(run)

    def cancel(self, run: Run) -> None:
        """Drops a run that waits; asks the model to end the one that runs."""
        with self._lock:
            if self._running is run and self._instance is not None:
                self._instance.cancel()
            else:
                run.outcome.cancel()

    def stop(self) -> None:
        """Ends `work` after the runs that wait now."""
        self._waiting.put(None)

    def work(self, instance: ModelInstance) -> None:
        self._instance = instance
        while self._next(instance):
            pass  # and nothing holds the last run's arrays

    def _next(self, instance: ModelInstance) -> bool:
        run = self._waiting.get()
        if run is None:
            return False
        if self._begin(run):
            self._execute(instance, run)
        return True

    def _begin(self, run: Run) -> bool:
        with self._lock:
            is_wanted = run.outcome.set_running_or_notify_cancel()
            self._running = run if is_wanted else None
        return is_wanted

    def _execute(self, instance: ModelInstance, run: Run) -> None:
        try:
            outputs = instance.warm_up(run.inputs) if run.warm_up else instance.execute(run.inputs)
        except Exception as err:  # noqa: BLE001  the front end must get an answer, whatever it is
            self._end()
            run.outcome.set_exception(err)
        else:
            self._end()
            run.outcome.set_result(outputs)

    def _end(self) -> None:
        """From here on a cancellation of this run cannot reach the next one."""
        with self._lock:
            self._running = None
