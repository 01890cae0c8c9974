# SPDX-License-Identifier: Apache-2.0
"""The linter as a library: text or paths in, a report out."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_lint.checklist.scorecard import Scorecard
    from velaserve_lint.pipeline import Linter
    from velaserve_lint.report import Report
    from velaserve_lint.settings import Settings

_ENDINGS = frozenset({".yaml", ".yml"})


def lint(content: str | bytes, file: str = "-", settings: Settings = DEFAULT) -> Report:
    """The report on one text, which may hold several documents; `file` is what findings call it.

    Nothing that the text holds raises.
    """
    from velaserve_lint.pipeline import Linter  # loads the YAML parser

    linter = Linter(settings)
    linter.learn(content)
    linter.add(content, file)
    return linter.report()


def lint_paths(paths: Iterable[str | os.PathLike[str]], settings: Settings = DEFAULT) -> Report:
    """The report on files, and on every *.yaml and *.yml in folders, hidden ones excepted.

    Raises:
        OSError: a path does not exist or cannot be read.
    """
    from velaserve_lint.pipeline import Linter

    linter = Linter(settings)
    _add_paths(linter, paths)
    return linter.report()


def score(content: str | bytes, file: str = "-", settings: Settings = DEFAULT) -> Scorecard:
    """How ready for production the workloads and components of one text are."""
    from velaserve_lint.pipeline import Linter

    linter = Linter(replace(settings, checklist=True))
    linter.learn(content)
    linter.add(content, file)
    return _scorecard(linter)


def score_paths(paths: Iterable[str | os.PathLike[str]], settings: Settings = DEFAULT) -> Scorecard:
    """The same of files and folders, as lint_paths takes them.

    Raises:
        OSError: a path does not exist or cannot be read.
    """
    from velaserve_lint.pipeline import Linter

    linter = Linter(replace(settings, checklist=True))
    _add_paths(linter, paths)
    return _scorecard(linter)


def _add_paths(linter: Linter, paths: Iterable[str | os.PathLike[str]]) -> None:
    contents = {file.as_posix(): file.read_bytes() for path in paths for file in files_of(path)}
    for content in contents.values():
        linter.learn(content)
    for file, content in contents.items():
        linter.add(content, file)


def _scorecard(linter: Linter) -> Scorecard:
    from velaserve_lint.checklist.scorecard import scorecard

    return scorecard(linter.judged, linter.mistakes, linter.report().findings)


def files_of(path: str | os.PathLike[str]) -> Iterator[Path]:
    """The files of a path, as lint_paths takes it."""
    if not os.path.isdir(path):  # noqa: PTH112
        yield Path(path)
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix in _ENDINGS and not name.startswith("."):
                yield Path(folder, name)
