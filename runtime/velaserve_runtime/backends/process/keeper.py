# SPDX-License-Identifier: Apache-2.0
"""The owner of a model's processes: one at a time, at one address."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.door import Door
from velaserve_runtime.backends.process.handle import ProcessHandle
from velaserve_runtime.backends.process.messages import Failed
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.backends.process.launch import Launch
    from velaserve_runtime.backends.readings import Reading

LOG = logging.getLogger(__name__)
_CLOSE_S = 10.0
_RETRY_S = 1.0


class Keeper:
    """Starts a process when a front end waits at the door and there is none; in a thread."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._door = Door()
        self.address = self._door.address
        self._process: ProcessHandle | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="velaserve-keeper", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        process = self._process
        return process.pid if process else None

    def readings(self) -> Sequence[Reading]:
        """What the process has told last, while there is one."""
        process = self._process
        return process.readings if process else ()

    def close(self) -> None:
        """Lets the model close itself, for a while."""
        with self._lock:
            self._door.shut()
            process = self._process
        if process is not None:
            process.close()
            self._thread.join(_CLOSE_S)
            process.kill(f"it did not end within {_CLOSE_S:g} s of being told to")
        self._thread.join()
        self._door.close()

    def _keep(self) -> None:
        while self._door.is_asked():
            refusal = self._run()
            if refusal is not None:
                self._refuse(refusal)

    def _refuse(self, refusal: Failed) -> None:
        try:
            self._door.refuse(refusal)
        except OSError:  # too many files are open; front ends wait
            LOG.exception("no front end can be told: %s", refusal.text)
            time.sleep(_RETRY_S)

    def _run(self) -> Failed | None:
        """One process, from its start to its end; why, if it never loaded."""
        try:
            process = self._start()
        except Exception as err:  # noqa: BLE001  front ends must get an answer, whatever it is
            return Failed.of(LoadFailed(f"the model's process cannot be started: {err}"))
        refusal = process.wait() if process is not None else None
        self._process = None
        return refusal

    def _start(self) -> ProcessHandle | None:
        with self._lock:
            if self._door.is_shut:
                return None
            self._process = ProcessHandle(self._launch, self._door.listener)
            return self._process
