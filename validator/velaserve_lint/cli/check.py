# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint [check] PATH…"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.api import files_of
from velaserve_lint.cli import known
from velaserve_lint.cli.configured import complete, settings_of
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit, view_of
from velaserve_lint.finding import Severity
from velaserve_lint.formats import FORMATS, View, write
from velaserve_lint.selection import matches
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from velaserve_lint.formats import Format
    from velaserve_lint.report import Report

CLEAN, FINDINGS, NOTHING = 0, 1, 3

_BAD_FORMAT = Text(
    "--output-format: expected one of {formats}, found '{found}'",
    "--output-format：应为 {formats} 之一，实为 '{found}'",
)
_UNREADABLE = Text(
    "cannot read '{path}': {reason}; name a file, a folder or -",
    "无法读取 '{path}'：{reason}；请给出文件、文件夹或 -",
)
_UNWRITABLE = Text("cannot write '{path}': {reason}", "无法写入 '{path}'：{reason}")
_NOTHING = Text(
    "nothing to lint: no Application and no Kubernetes object in {paths}",
    "没有可检查的内容：{paths} 中没有 Application 或 Kubernetes 对象",
)
_EXPLAIN = Text("hint: velaserve-lint explain {id}", "提示：velaserve-lint explain {id}")


class _Output(NamedTuple):
    format: Format
    file: Path | None


def run(arguments: argparse.Namespace) -> int:
    """Lints, prints, and says by the exit code what was found.

    Raises:
        UsageError: a path cannot be read or written, or a format does not exist.
    """
    paths = arguments.paths = arguments.paths or ["."]
    complete(arguments)
    outputs = [_output(text) for text in arguments.output_format]
    with _uncollected():
        report = _new(_lint(arguments), arguments)
    for output in outputs:
        _write(report, output, view_of(arguments))
    if report.is_empty:
        _hint(_NOTHING.to(arguments.lang, {"paths": ", ".join(paths)}))
        return NOTHING
    if report.findings and not arguments.quiet and sys.stderr.isatty():
        _hint(_EXPLAIN.to(arguments.lang, {"id": report.findings[0].id}))
    return FINDINGS if _fails(report, arguments.fail_on) else CLEAN


def _new(report: Report, arguments: argparse.Namespace) -> Report:
    """Without what a baseline knows, which may be written just now."""
    if file := arguments.write_baseline:
        known.write(report, file, arguments.lang)
    elif not (file := arguments.baseline):
        return report
    return known.without_known(report, str(file), arguments.lang)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Trees of positions hold no cycles, and looking for some takes half of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _output(text: str) -> _Output:
    name, _, file = text.partition(":")
    for one in FORMATS:
        if name == one:
            return _Output(one, Path(file) if file else None)
    raise UsageError(_BAD_FORMAT, formats=", ".join(FORMATS), found=name)


def _lint(arguments: argparse.Namespace) -> Report:
    from velaserve_lint.pipeline import Linter  # loads the YAML parser

    linter = Linter(settings_of(arguments), keep_applications=False)
    for path in arguments.paths:
        for content, file in _contents(path, arguments):
            linter.add(content, file)
    return linter.report()


def _contents(path: str, arguments: argparse.Namespace) -> Iterator[tuple[bytes, str]]:
    if path == "-":
        yield sys.stdin.buffer.read(), arguments.stdin_filename
        return
    try:
        for file in files_of(path):
            if not any(matches(file.as_posix(), pattern) for pattern in arguments.exclude):
                yield file.read_bytes(), file.as_posix()
    except OSError as err:
        reason = err.strerror or str(err)
        raise UsageError(_UNREADABLE, path=err.filename or path, reason=reason) from err


def _write(report: Report, output: _Output, view: View) -> None:
    if output.file is None:
        emit(write(report, output.format, view))
        return
    try:
        output.file.write_text(write(report, output.format, replace(view, colour=False)), "utf-8")
    except OSError as err:
        path, reason = str(output.file), err.strerror or str(err)
        raise UsageError(_UNWRITABLE, path=path, reason=reason) from err


def _fails(report: Report, fail_on: str) -> bool:
    return fail_on != "never" and report.fails(Severity[fail_on.upper()])


def _hint(text: str) -> None:
    print(text, file=sys.stderr)
