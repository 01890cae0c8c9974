# SPDX-License-Identifier: Apache-2.0
"""What the command reads: files, folders, standard input."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.api import files_of
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.selection import matches
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = "-"

_UNREADABLE = Text(
    "cannot read '{path}': {reason}; name a file, a folder or -",
    "无法读取 '{path}'：{reason}；请给出文件、文件夹或 -",
)


class Inputs:
    """The contents of some paths; what is excluded is not read, standard input only once."""

    def __init__(self, paths: Sequence[str], exclude: Sequence[str], stdin_name: str) -> None:
        self._paths = paths
        self._exclude = exclude
        self._stdin_name = stdin_name

    def contents(self) -> Iterator[tuple[bytes, str]]:
        """Each file's bytes, and what findings in it are reported for.

        Raises:
            UsageError: one cannot be read.
        """
        for path in self._paths:
            if path == STDIN:
                yield self._stdin, self._stdin_name
            else:
                yield from self._below(path)

    def again(self, file: str) -> bytes:
        """The bytes of a file that findings were reported for."""
        return self._stdin if self.is_stdin(file) else Path(file).read_bytes()

    def is_stdin(self, file: str) -> bool:
        return STDIN in self._paths and file == self._stdin_name

    @cached_property
    def _stdin(self) -> bytes:
        return sys.stdin.buffer.read()

    def _below(self, path: str) -> Iterator[tuple[bytes, str]]:
        try:
            for file in files_of(path):
                name = file.as_posix()
                if not any(matches(name, pattern) for pattern in self._exclude):
                    yield file.read_bytes(), name
        except OSError as err:
            reason = err.strerror or str(err)
            raise UsageError(_UNREADABLE, path=err.filename or path, reason=reason) from err
