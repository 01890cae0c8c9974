# SPDX-License-Identifier: Apache-2.0
"""A model process as its owner sees it: from its start to how it ended."""

from __future__ import annotations

import logging
import os
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Pipe, wait
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.fate import FateOwner, how_it_ended
from velaserve_runtime.backends.process.messages import (
    GONE,
    Close,
    Failed,
    Loaded,
    LogLine,
    Readings,
)
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from socket import socket

    from velaserve_runtime.backends.process.launch import Launch
    from velaserve_runtime.backends.process.messages import Order, Report
    from velaserve_runtime.backends.readings import Reading

_LAST_WORDS_S = 10.0
"""To read what it said to the end; nobody else should hold its line now."""


class ProcessHandle:
    """The process ends when this end of its line is closed, so also with its owner."""

    def __init__(self, launch: Launch, listener: socket) -> None:
        """Raises: OSError if it cannot be started."""
        self._line: Connection[Order, Report]
        self._line, line = Pipe()
        self._fate = FateOwner()
        try:
            with line:
                descriptors = (line.fileno(), listener.fileno(), self._fate.shared.fileno())
                self._process = launch.start(*descriptors)
        except OSError:
            self._fate.close()
            raise
        self.pid = self._process.pid
        self.readings: Sequence[Reading] = ()
        self._killed_because = ""
        self._load_ended: Loaded | Failed | None = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._tell(launch.begin)

    def wait(self) -> Failed | None:
        """Returns when the process is gone, and what it had started; why, if it never loaded."""
        code = self._process.wait()
        with suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        word = how_it_ended(code, self._killed_because)
        self._fate.tell(word)
        self._reader.join(_LAST_WORDS_S)
        self._line.close()
        self._fate.close()
        match self._load_ended:
            case None:
                return Failed.of(LoadFailed(f"while the model loaded, {word}"))
            case Failed() as failed:
                return failed
            case Loaded():
                return None

    def close(self) -> None:
        """Lets the model finish what waits, and close itself."""
        self._tell(Close())

    def kill(self, because: str) -> None:
        self._killed_because = self._killed_because or because
        self._process.kill()

    def _tell(self, order: Order) -> None:
        with suppress(OSError):  # it is gone already
            self._line.send(order)

    def _read(self) -> None:
        with suppress(*GONE):
            while True:
                for ready in wait([self._line, self._fate.requests]):
                    if ready is self._line:
                        self._hear(self._line.recv())
                    else:
                        self.kill(self._fate.request())

    def _hear(self, report: Report) -> None:
        match report:
            case LogLine(logger, level, text):
                logging.getLogger(logger).log(level, "%s", text)
            case Readings(readings):
                self.readings = readings
            case Loaded() | Failed():
                self._load_ended = report
