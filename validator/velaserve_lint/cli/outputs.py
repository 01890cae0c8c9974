# SPDX-License-Identifier: Apache-2.0
"""--output-format: which formats, and where each goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit
from velaserve_lint.formats import FORMATS, View, write
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from velaserve_lint.formats import Format
    from velaserve_lint.report import Report

_BAD_FORMAT = Text(
    "--output-format: expected one of {formats}, found '{found}'",
    "--output-format：应为 {formats} 之一，实为 '{found}'",
)
_UNWRITABLE = Text("cannot write '{path}': {reason}", "无法写入 '{path}'：{reason}")


class Output(NamedTuple):
    """A format, and the file it is for; None is standard output."""

    format: Format
    file: Path | None

    def write(self, report: Report, view: View) -> None:
        """Write the report.

        Raises:
            UsageError: the file cannot be written.
        """
        if self.file is None:
            emit(write(report, self.format, view))
            return
        text = write(report, self.format, view._replace(colour=False))
        try:
            self.file.write_text(text, "utf-8", errors="backslashreplace")
        except OSError as err:
            path, reason = str(self.file), err.strerror or str(err)
            raise UsageError(_UNWRITABLE, path=path, reason=reason) from err


def output(text: str) -> Output:
    """`json` or `json:report.json`.

    Raises:
        UsageError: there is no such format.
    """
    name, _, file = text.partition(":")
    for known in FORMATS:
        if name == known:
            return Output(known, Path(file) if file else None)
    raise UsageError(_BAD_FORMAT, formats=", ".join(FORMATS), found=name)
