# SPDX-License-Identifier: Apache-2.0
"""--output-format: which formats, and where each goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit
from velaserve_lint.formats import FORMATS, write
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from velaserve_lint.formats import Format, View
    from velaserve_lint.report import Report

Name = TypeVar("Name", bound=str)

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
        view = view if self.file is None else view._replace(colour=False)
        deliver(write(report, self.format, view), self.file)


def output(text: str) -> Output:
    """`json` or `json:report.json`.

    Raises:
        UsageError: there is no such format.
    """
    return Output(*parsed(text, FORMATS))


def parsed(text: str, known: tuple[Name, ...]) -> tuple[Name, Path | None]:
    """A format that is known, and the file where there is one.

    Raises:
        UsageError: there is no such format.
    """
    name, _, file = text.partition(":")
    for each in known:
        if name == each:
            return each, Path(file) if file else None
    raise UsageError(_BAD_FORMAT, formats=", ".join(known), found=name)


def deliver(text: str, file: Path | None) -> None:
    """Writes to a file, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if file is None:
        emit(text)
        return
    try:
        file.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as err:
        path, reason = str(file), err.strerror or str(err)
        raise UsageError(_UNWRITABLE, path=path, reason=reason) from err
