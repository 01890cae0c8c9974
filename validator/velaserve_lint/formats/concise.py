# SPDX-License-Identifier: Apache-2.0
"""One line for each finding: file:line:column: severity[ID]: what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.formats.colours import paint
from velaserve_lint.messages import describe

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report


def write(report: Report, view: View) -> str:
    return "".join(headline(finding, view) + "\n" for finding in report.findings)


def headline(finding: Finding, view: View) -> str:
    """The line that also heads a finding in the full format; terminals link its beginning."""
    where = f"{finding.file}:{finding.span.line}:{finding.span.column}:"
    label = paint(f"{finding.severity.word}[{finding.id}]:", finding.severity, view)
    return f"{where} {label} {describe(finding, view.language)}"
