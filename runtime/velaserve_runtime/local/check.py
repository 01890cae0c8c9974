# SPDX-License-Identifier: Apache-2.0
"""The linter in front of `up`: every problem at once, before anything starts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from velaserve_lint import lint
from velaserve_lint.formats import View, write
from velaserve_lint.terminal import paints
from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, BAD_ENVIRONMENT, LocalError

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_lint.application import Application
    from velaserve_runtime.local.console import Console


def check_application(file: Path, console: Console) -> tuple[Application, ...]:
    """The file's Applications; prints whatever the linter found.

    Raises:
        LocalError: an error was among it, or the file cannot be read.
    """
    report = lint(_content(file), file.as_posix())
    if report.findings:
        view = View(console.language, paints(console.colour, sys.stdout), console.quiet)
        console.result(write(report, "full", view).rstrip())
    if report.fails():
        raise LocalError(BAD_APPLICATION, messages.NOTHING_STARTED, file=str(file))
    return report.applications


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as err:
        reason = err.strerror or str(err)
        raise LocalError(
            BAD_ENVIRONMENT, messages.CANNOT_READ, file=str(file), reason=reason
        ) from err
