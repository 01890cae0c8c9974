# SPDX-License-Identifier: Apache-2.0
"""Commands that a GitHub workflow turns into annotations of the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.fingerprint import portable
from velaserve_lint.formats.closing import closing
from velaserve_lint.messages import advice, describe, describe_related
from velaserve_lint.rules import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report

COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
MOST_OF_A_STEP = 10
_TOO_MANY = (
    f"GitHub annotates at most {MOST_OF_A_STEP} errors, warnings and notices each of a step; "
    "all are in this log\n"
)


def write(report: Report, view: View) -> str:
    commands = "".join(_command(finding) + "\n" for finding in report.findings)
    return commands if view.quiet else commands + _end(report)


def _end(report: Report) -> str:
    """A line of the log that is no command."""
    too_many = any(report.count(severity) > MOST_OF_A_STEP for severity in COMMANDS)
    return (_TOO_MANY if too_many else "") + closing(report, "en")


def _command(finding: Finding) -> str:
    properties = {"file": portable(finding.file), **_lines(finding), "title": _title(finding)}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {listed}::{_message(finding)}"


def _lines(finding: Finding) -> Mapping[str, str]:
    """GitHub takes columns of one line only."""
    line, column, end_line, end_column = map(str, finding.span)
    columns = {"col": column, "endColumn": end_column} if line == end_line else {}
    return {"line": line, "endLine": end_line, **columns}


def _title(finding: Finding) -> str:
    return f"{finding.id} {find(finding.id).slug}"


def _message(finding: Finding) -> str:
    related = (
        f"{portable(one.place.file)}:{one.place.span.line}: {describe_related(finding, one)}"
        for one in finding.related
    )
    return _data("\n".join([describe(finding), *related, f"fix: {advice(finding)}"]))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
