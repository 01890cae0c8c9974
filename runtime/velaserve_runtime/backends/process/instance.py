# SPDX-License-Identifier: Apache-2.0
"""A ModelInstance that runs another one in a process of its own, where it can be killed."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.handle import GONE, ProcessHandle
from velaserve_runtime.backends.process.launch import Launch
from velaserve_runtime.backends.process.messages import Done, Failed, Loaded
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec

CANCEL_GRACE_S = 30.0
"""A cancelled run that goes on for so long is taken for hung, and its process is killed."""


class ProcessInstance:
    """Arrays travel in shared memory, one copy each way; BYTES are pickled.

    `cancel` asks the model to end the run, and kills the process CANCEL_GRACE_S later if it has
    not. When the process dies, the run it was in fails with ModelFailed; the next `execute` or
    `load` starts it again. It ends with the server, however that ends.
    """

    def __init__(
        self,
        build: Callable[[], ModelInstance],
        directory: Path | None = None,
        environment: Mapping[str, str] | None = None,
        cancel_grace_s: float = CANCEL_GRACE_S,
    ) -> None:
        """`build` is called in the process, so it must be picklable.

        `directory`: where the process works, else where the server does; `environment`: what it
        has beside the server's.
        """
        self._launch = Launch(build, directory, environment)
        self._cancel_grace_s = cancel_grace_s
        self._process: ProcessHandle | None = None
        self._is_loaded = False
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._running: int | None = None
        self._killer: threading.Timer | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    def load(self) -> ModelSpec:
        self.close()
        spec = self._start()[1]
        self._is_loaded = True
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            return self._execute(sample, warm_up=True)
        except ModelFailed as err:
            raise LoadFailed(f"while it warmed up, {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        return self._execute(batch, warm_up=False)

    def cancel(self) -> None:
        with self._lock:
            process, number = self._process, self._running
            if process is None or number is None or self._killer is not None:
                return
            self._killer = threading.Timer(self._cancel_grace_s, self._kill, (process, number))
            self._killer.daemon = True
            self._killer.start()
            process.cancel(number)

    def close(self) -> None:
        self._is_loaded = False
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _start(self) -> tuple[ProcessHandle, ModelSpec]:
        process = ProcessHandle(self._launch)
        try:
            answer = process.load()
        except GONE as err:
            raise LoadFailed(f"while the model loaded, {process.end()}") from err
        if not isinstance(answer, Loaded):
            process.end()
            raise _error(answer)
        self._process = process
        return process, answer.spec

    def _started(self) -> ProcessHandle:
        if not self._is_loaded:
            raise ModelFailed("the model is not loaded")
        if self._process is not None and self._process.is_alive():
            return self._process
        self._end()
        try:
            return self._start()[0]
        except LoadFailed as err:
            raise ModelFailed(f"the model's process could not be started again: {err}") from err

    def _execute(self, batch: Arrays, *, warm_up: bool) -> Arrays:
        process = self._started()
        number = self._running = next(self._numbers)
        try:
            answer = process.execute(number, batch, warm_up)
        except GONE as err:
            self._process = None
            raise ModelFailed(process.end()) from err
        finally:
            self._finish()
        if not isinstance(answer, Done):
            raise _error(answer)
        return process.read(answer)

    def _finish(self) -> None:
        with self._lock:
            self._running = None
            killer, self._killer = self._killer, None
        if killer is not None:
            killer.cancel()

    def _kill(self, process: ProcessHandle, number: int) -> None:
        with self._lock:
            if self._running == number:
                process.kill(f"a cancelled run did not end within {self._cancel_grace_s:g} s")


def _error(answer: object) -> Exception:
    if isinstance(answer, Failed):
        return answer.error()
    return ModelFailed(f"the model's process answered {type(answer).__name__}")
