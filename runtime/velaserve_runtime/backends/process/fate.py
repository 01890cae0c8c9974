# SPDX-License-Identifier: Apache-2.0
"""How a model process ended: only its owner knows, and all front ends want to.

One pair of sockets for each process. Front ends share one end of it, where they may ask for a
kill. What the owner says at the end stays there for all: they peek, and nobody takes it.
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from multiprocessing.connection import wait

_SIZE_BYTES = 4096


class Fate:
    """A front end's side."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask_for_kill(self, because: str) -> None:
        with suppress(OSError):  # it is gone already
            self._socket.send(because.encode())

    def read(self, timeout_s: float) -> str:
        """Waits until the owner has seen the end."""
        if not wait([self._socket], timeout_s):
            return "the connection to the model's process broke off"
        word = self._socket.recv(_SIZE_BYTES, socket.MSG_PEEK)
        return word.decode() or "the model's process ended with the server that owned it"

    def close(self) -> None:
        self._socket.close()


class FateOwner:
    """The side of the process that started the model's."""

    def __init__(self) -> None:
        self.requests, self.shared = socket.socketpair()

    def request(self) -> str:
        """Why a front end wants the process killed."""
        return self.requests.recv(_SIZE_BYTES).decode()

    def tell(self, word: str) -> None:
        self.requests.send(word.encode())

    def close(self) -> None:
        self.requests.close()
        self.shared.close()


def how_it_ended(code: int, killed_because: str) -> str:
    if killed_because:
        return f"the model's process was killed: {killed_because}"
    if code >= 0:
        return f"the model's process ended with code {code}"
    name = signal.Signals(-code).name
    hint = " (out of memory?)" if -code == signal.SIGKILL else ""
    return f"the model's process was ended by {name}{hint}"
