# SPDX-License-Identifier: Apache-2.0
"""--fix and --diff."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit
from velaserve_lint.fixing import difference, mended
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cli.inputs import Inputs
    from velaserve_lint.report import Report
    from velaserve_lint.text import Language

_STDIN = Text(
    "standard input cannot be mended; name a file, or use --diff",
    "无法修复标准输入；请给出文件，或改用 --diff",
)
_UNWRITABLE = Text("cannot write '{path}': {reason}", "无法写入 '{path}'：{reason}")
_MENDED = Text("mended {file}", "已修复 {file}")


def fix(report: Report, inputs: Inputs, language: Language) -> bool:
    """Writes what can be mended; whether anything was.

    Raises:
        UsageError: a file cannot be written.
    """
    changes = list(_changes(report, inputs))
    for file, _, after in changes:
        if inputs.is_stdin(file):
            raise UsageError(_STDIN)
        try:
            Path(file).write_bytes(after)
        except OSError as err:
            raise UsageError(_UNWRITABLE, path=file, reason=err.strerror or str(err)) from err
        print(_MENDED.to(language, {"file": file}), file=sys.stderr)
    return bool(changes)


def diff(report: Report, inputs: Inputs) -> bool:
    """Prints what `fix` would write; whether that is anything."""
    changes = list(_changes(report, inputs))
    for file, before, after in changes:
        emit(difference(before, after, file))
    return bool(changes)


def _changes(report: Report, inputs: Inputs) -> Iterator[tuple[str, bytes, bytes]]:
    for file in dict.fromkeys(one.file for one in report.findings if one.edits):
        before = inputs.again(file)
        after = mended(before, (one for one in report.findings if one.file == file))
        if after != before:
            yield file, before, after
