# SPDX-License-Identifier: Apache-2.0
"""For programs: version 1 is described by json.schema.json."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.messages import advice, describe

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report

VERSION = 1


def write(report: Report, _view: View) -> str:
    data = {
        "version": VERSION,
        "findings": [_finding(finding) for finding in report.findings],
        "summary": _summary(report),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, str | int]:
    """Lines and columns are 1-based, columns count code points, the end is just after."""
    return {
        "id": finding.id,
        "severity": finding.severity.word,
        "message": describe(finding),
        "file": finding.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "endLine": finding.span.end_line,
        "endColumn": finding.span.end_column,
        "pointer": finding.pointer,
        "help": advice(finding),
    }


def _summary(report: Report) -> dict[str, int]:
    found = {f"{severity.word}s": report.count(severity) for severity in Severity}
    return found | {_camel(key): count for key, count in asdict(report.coverage).items()}


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)
