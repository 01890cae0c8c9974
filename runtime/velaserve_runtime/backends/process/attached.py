# SPDX-License-Identifier: Apache-2.0
"""A ModelInstance that another process runs, for this front end as for others."""

from __future__ import annotations

import itertools
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.attachment import Attachment
from velaserve_runtime.backends.process.door import connect
from velaserve_runtime.backends.process.messages import GONE
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.process.messages import Answer, Question
    from velaserve_runtime.protocol.tensors import ModelSpec

_TRIES = 3
"""It may die when it has just let somebody in; its owner starts it again, but not for ever."""


class AttachedInstance:
    """Arrays travel in shared memory of this front end alone, one copy each way; BYTES are pickled.

    Runs of all front ends take turns. `cancel` drops a run that waits and asks the model to end the
    one that runs; if that goes on, its process is killed. When the process dies, all its runs fail
    with ModelFailed; the next `execute` of any front end has its owner start it again.
    """

    def __init__(self, address: str) -> None:
        """`address`: of a ProcessInstance that is loaded, also while its process is not there."""
        self.address = address
        self._attachment: Attachment | None = None
        self._is_loaded = False
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._running: int | None = None
        self._killer: threading.Timer | None = None

    def load(self) -> ModelSpec:
        """Waits for the process to load the model; does not load it again."""
        self.close()
        self._attachment = self._attach()
        self._is_loaded = True
        return self._attachment.loaded.spec

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            return self._execute(sample, warm_up=True)
        except ModelFailed as err:
            raise LoadFailed(f"while it warmed up, {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        return self._execute(batch, warm_up=False)

    def cancel(self) -> None:
        with self._lock:
            attachment, number = self._attachment, self._running
            if attachment is None or number is None or self._killer is not None:
                return
            grace_s = attachment.loaded.cancel_grace_s
            self._killer = threading.Timer(grace_s, self._kill, (attachment, number, grace_s))
            self._killer.daemon = True
            self._killer.start()
            attachment.cancel(number)

    def close(self) -> None:
        """Leaves the process to the others."""
        self._is_loaded = False
        self._detach()

    def _detach(self) -> None:
        attachment, self._attachment = self._attachment, None
        if attachment is not None:
            attachment.close()

    def _attach(self) -> Attachment:
        for _ in range(_TRIES):
            questions = self._connect()
            with suppress(*GONE):
                return Attachment(questions)
        raise LoadFailed(f"the model's process ended each of {_TRIES} times that it was found")

    def _connect(self) -> Connection[Question, Answer]:
        try:
            return connect(self.address)
        except OSError as err:
            raise LoadFailed(
                f"no server keeps the model at {self.address} any more ({err.strerror}): it has "
                "ended or unloaded the model; load the model again or restart the server"
            ) from err

    def _attached(self) -> Attachment:
        if not self._is_loaded:
            raise ModelFailed("the model is not loaded")
        if self._attachment is not None and self._attachment.is_alive():
            return self._attachment
        self._detach()
        try:
            self._attachment = self._attach()
        except LoadFailed as err:
            raise ModelFailed(f"the model's process could not be started again: {err}") from err
        return self._attachment

    def _execute(self, batch: Arrays, *, warm_up: bool) -> Arrays:
        attachment = self._attached()
        try:
            return self._run(attachment, batch, warm_up)
        except GONE as err:
            self._attachment = None
            raise ModelFailed(attachment.end()) from err

    def _run(self, attachment: Attachment, batch: Arrays, warm_up: bool) -> Arrays:
        number = self._running = next(self._numbers)
        try:
            return attachment.execute(number, batch, warm_up)
        finally:
            self._finish()

    def _finish(self) -> None:
        """From here on no other thread uses the attachment."""
        with self._lock:
            self._running = None
            killer, self._killer = self._killer, None
        if killer is not None:
            killer.cancel()

    def _kill(self, attachment: Attachment, number: int, grace_s: float) -> None:
        with self._lock:
            if self._running == number:
                attachment.kill(f"a cancelled run did not end within {grace_s:g} s")
