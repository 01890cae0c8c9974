# SPDX-License-Identifier: Apache-2.0
"""The linter as a library: text or paths in, a report out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.report import Report, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDINGS = frozenset({".yaml", ".yml"})


def lint(content: str | bytes, file: str = "-") -> Report:
    """The report on one text, which may hold several documents; `file` is what findings call it.

    Nothing that the text holds raises.
    """
    from velaserve_lint.pipeline import run  # loads the YAML parser

    return run(content, file)


def lint_paths(paths: Iterable[str | os.PathLike[str]]) -> Report:
    """The report on files, and on every *.yaml and *.yml in folders, hidden ones excepted.

    Raises:
        OSError: a path does not exist or cannot be read.
    """
    return joined(report for path in paths for report in lint_each(path))


def lint_each(path: str | os.PathLike[str]) -> Iterator[Report]:
    """One report for each file of a path, as lint_paths takes it; for those who keep less.

    Raises:
        OSError: the path does not exist or cannot be read.
    """
    for file in _files(path):
        yield lint(file.read_bytes(), file.as_posix())


def _files(path: str | os.PathLike[str]) -> Iterator[Path]:
    if not os.path.isdir(path):  # noqa: PTH112
        yield Path(path)
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix in _ENDINGS and not name.startswith("."):
                yield Path(folder, name)
