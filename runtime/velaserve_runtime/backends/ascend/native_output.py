# SPDX-License-Identifier: Apache-2.0
"""Catches what native libraries print, as onnxruntime tells CANN's error codes nowhere else.

Its exceptions name the call that failed ("CANN error executing aclmdlLoadFromFile"); the code is in
a line on stderr alone. CANN itself writes its reasons to stdout where
ASCEND_SLOG_PRINT_TO_STDOUT=1, else to files below ~/ascend/log.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDOUT, _STDERR = 1, 2


class NativeOutput:
    """Of the whole process, so one thread at a time may catch."""

    def __init__(self) -> None:
        self._file = os.memfd_create("native-output")
        self._outlets = (os.dup(_STDOUT), os.dup(_STDERR))
        self._libc = ctypes.CDLL(None)

    @contextmanager
    def caught(self) -> Iterator[None]:
        """While it lasts, stdout and stderr are kept for `take`."""
        os.dup2(self._file, _STDOUT)
        os.dup2(self._file, _STDERR)
        try:
            yield
        finally:
            self._libc.fflush(None)
            for outlet, descriptor in zip(self._outlets, (_STDOUT, _STDERR), strict=True):
                os.dup2(outlet, descriptor)

    def take(self) -> str:
        """What was caught since the last time."""
        size = os.fstat(self._file).st_size
        if not size:
            return ""
        text = os.pread(self._file, size, 0)
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        return text.decode(errors="replace")

    def pass_on(self) -> None:
        """Writes what was caught to where it was meant for."""
        text = self.take()
        if text:
            os.write(_STDERR, text.encode())

    def close(self) -> None:
        for descriptor in (self._file, *self._outlets):
            os.close(descriptor)
