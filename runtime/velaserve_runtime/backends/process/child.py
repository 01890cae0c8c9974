# SPDX-License-Identifier: Apache-2.0
"""The model process, a program: runs one ModelInstance for all that come to the door.

The main thread alone uses the instance (but for `cancel`), from `load` to `close`.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from velaserve_runtime.backends.process.fate import Fate
from velaserve_runtime.backends.process.messages import (
    GONE,
    Close,
    Failed,
    Loaded,
    LogLine,
    Readings,
)
from velaserve_runtime.backends.process.reception import Reception
from velaserve_runtime.backends.process.runs import Runs
from velaserve_runtime.backends.readings import Measured

if TYPE_CHECKING:
    from velaserve_runtime.backends.process.launch import Begin
    from velaserve_runtime.backends.process.messages import Report
    from velaserve_runtime.backends.readings import Reading

_READINGS_PERIOD_S = 1.0
_SWITCH_INTERVAL_S = 0.0005
"""As in the server: the next run's Python code shall not hold up the last one's answer."""


def main(line: int, listener: int, fate: int) -> int:
    """Returns when the owner asks for it; the arguments are descriptors that it left open."""
    for descriptor in (line, listener, fate):
        os.set_inheritable(descriptor, False)  # not for what the model starts
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    owner = _Owner(Connection(line))
    begin = owner.begin()
    # The owner's handler adds logger and level; by default they would be in the text, too.
    logging.basicConfig(handlers=[_Log(owner)], level=logging.INFO, format="%(message)s")
    runs = Runs()
    threading.Thread(target=owner.watch, args=(runs,), daemon=True).start()
    try:
        instance = begin.instance()
        loaded = Loaded(instance.load(), begin.cancel_grace_s)
    except Exception as err:  # noqa: BLE001  the owner must get an answer, whatever it is
        owner.tell(Failed.of(err))
        return 1
    owner.tell(loaded)
    if isinstance(instance, Measured):
        threading.Thread(target=owner.follow, args=(instance,), daemon=True).start()
    reception = Reception(socket.socket(fileno=listener), runs, loaded, Fate(fate))
    threading.Thread(target=reception.open, daemon=True).start()
    runs.work(instance)
    instance.close()
    return 0


class _Owner:
    """The line to the process that started this one."""

    def __init__(self, line: Connection[Report, Any]) -> None:
        self._line = line
        self._lock = threading.Lock()

    def begin(self) -> Begin:
        begin: Begin = self._line.recv()
        return begin

    def tell(self, report: Report) -> None:
        with self._lock:
            self._line.send(report)

    def follow(self, instance: Measured) -> None:
        """In a thread: tells what the model measures whenever that has changed."""
        told: tuple[Reading, ...] = ()
        with suppress(*GONE):
            while True:
                found = tuple(instance.readings())
                if found != told:
                    self.tell(Readings(found))
                    told = found
                time.sleep(_READINGS_PERIOD_S)

    def watch(self, runs: Runs) -> None:
        """In a thread: ends this process, with all that it started, when its owner has ended."""
        with suppress(*GONE):
            while self._line.recv() == Close():
                runs.stop()
        os.killpg(0, signal.SIGKILL)


class _Log(logging.Handler):
    """Logs where the owner does."""

    def __init__(self, owner: _Owner) -> None:
        super().__init__()
        self._owner = owner

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # it is gone
            self._owner.tell(LogLine(record.name, record.levelno, self.format(record)))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
