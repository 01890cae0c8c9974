# SPDX-License-Identifier: Apache-2.0
"""Who uses a folder of compiled models, and who compiles for it: two bytes of one file's locks.

A lock of lockf is of the process, and ends with it: one of flock would live on in the workers that
CANN's compiler forks. It ends also when the process closes any descriptor of that file, so a
process has a folder open once.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG = logging.getLogger(__name__)
FILE = "lock"
"""Its time of modification is that of the folder's last use."""
_COMPILES, _USES = 0, 1
_OWNER_ONLY = 0o700


class FolderLock:
    """From here to `close` the folder is in use: it is there, and nobody removes it."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder. Raises: OSError."""
        self._folder = folder
        self._file = _used(folder)

    @contextmanager
    def compiling(self) -> Iterator[None]:
        """Nobody else compiles for this folder, or loads from it."""
        self._wait()
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _COMPILES)

    def close(self) -> None:
        self._file.close()

    def _wait(self) -> None:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _COMPILES)
        except BlockingIOError:
            LOG.info("another process compiles the same model in %s: waiting for it", self._folder)
            begin_s = time.monotonic()
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _COMPILES)
            LOG.info("waited %.1f s for another process's compilation", time.monotonic() - begin_s)


@contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Whether no other process uses the folder; while the block lasts, none begins to."""
    with (folder / FILE).open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            yield False
        else:
            yield _is_there(file, folder)


def _used(folder: Path) -> IO[bytes]:
    """The open file, locked; anew when the folder was removed between two of these steps."""
    while True:
        folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        with suppress(FileNotFoundError):
            file = (folder / FILE).open("a+b")
            fcntl.lockf(file, fcntl.LOCK_SH, 1, _USES)
            if _is_there(file, folder):
                os.utime(file.fileno())
                return file
            file.close()


def _is_there(file: IO[bytes], folder: Path) -> bool:
    """Whether it is still the folder's: who removes one renames it first."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), (folder / FILE).stat())
    return False
