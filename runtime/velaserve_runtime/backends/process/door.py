# SPDX-License-Identifier: Apache-2.0
"""Where front ends find a model: a Unix socket that outlives the processes behind it.

What comes through it is unpickled, so both sides first look who is there. On Linux the name is
abstract: no file, and the kernel frees it with the last process that listens, however that ended.
Such a name has no permissions, and is seen by all containers of a pod: each side asks the kernel
for the other's user and process. Elsewhere it is a file in a folder that only this user may enter.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import socket
import struct
import sys
import tempfile
import weakref
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from velaserve_runtime.backends.process.messages import Failed

HAS_ABSTRACT_NAMES = sys.platform == "linux"
_CREDENTIALS = struct.Struct("3i")
"""struct ucred: process, user, group."""


class Door:
    """The owner's side; a model process inherits `listener` and takes the front ends that wait."""

    def __init__(self) -> None:
        self.address = _new_address()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(_name(self.address))
        self.listener.listen()
        self._shut, self._open = Pipe(duplex=False)
        self._forget = weakref.finalize(self, _forget, self.address)

    @property
    def is_shut(self) -> bool:
        return self._open.closed

    def is_asked(self) -> bool:
        """Returns when a front end waits, while no process takes it; False when it is shut."""
        return self._shut not in wait([self.listener, self._shut])

    def refuse(self, answer: Failed) -> None:
        """Tells all front ends that wait."""
        while wait([self.listener], timeout=0):
            front_end, _ = self.listener.accept()
            with Connection(front_end.detach()) as questions, suppress(OSError):
                questions.send(answer)

    def shut(self) -> None:
        """Ends `is_asked` in another thread."""
        self._open.close()

    def close(self) -> None:
        self.listener.close()
        self._shut.close()
        self._forget()


def connect(address: str) -> Connection[Any, Any]:
    """Waits at the door; a model process, or its owner, speaks first.

    Raises:
        OSError: nobody listens there, or somebody else.
    """
    front_end = socket.socket(socket.AF_UNIX)
    try:
        front_end.connect(_name(address))
        if not is_ours(front_end):
            raise PermissionError(errno.EPERM, "a process of another user listens there")
    except OSError:
        front_end.close()
        raise
    return Connection(front_end.detach())


def is_ours(peer: socket.socket) -> bool:
    """Whether the process at the other end is of this user and of this container."""
    if sys.platform != "linux":
        return True  # it could enter the folder
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, user, _ = _CREDENTIALS.unpack(credentials)
    return bool(process) and user == os.geteuid()  # 0: one that this container does not see


def _new_address() -> str:
    """Of an abstract name, as `ss` shows it; it goes through texts and arguments."""
    if HAS_ABSTRACT_NAMES:
        return f"@velaserve-model-{secrets.token_hex(8)}"
    return f"{tempfile.mkdtemp(prefix='velaserve-')}/model"


def _name(address: str) -> str:
    return f"\0{address[1:]}" if address.startswith("@") else address


def _forget(address: str) -> None:
    if not address.startswith("@"):
        shutil.rmtree(Path(address).parent, ignore_errors=True)
