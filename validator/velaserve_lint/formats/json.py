# SPDX-License-Identifier: Apache-2.0
"""For programs: version 1 is described by json.schema.json."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.fingerprint import fingerprints
from velaserve_lint.messages import advice, describe, describe_related
from velaserve_lint.place import dotted, pointer

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.place import Place
    from velaserve_lint.report import Report

VERSION = 1


def write(report: Report, _view: View) -> str:
    data = {
        "version": VERSION,
        "findings": list(map(_finding, report.findings, fingerprints(report.findings))),
        "summary": _summary(report),
    }
    # Only ASCII: what a terminal's encoding makes of other characters is no JSON.
    return json.dumps(data, indent=2) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "id": finding.id,
        "severity": finding.severity.word,
        "message": describe(finding),
        **placed(finding.place),
        "help": advice(finding),
        "related": [
            {"message": describe_related(finding, related), **placed(related.place)}
            for related in finding.related
        ],
        "fingerprint": fingerprint,
    }


def placed(place: Place) -> dict[str, str | int]:
    """Lines and columns are 1-based, columns count code points, the end is just after."""
    return {
        "file": place.file,
        "line": place.span.line,
        "column": place.span.column,
        "endLine": place.span.end_line,
        "endColumn": place.span.end_column,
        "pointer": pointer(place.path),
        "path": dotted(place.path),
    }


def _summary(report: Report) -> dict[str, int]:
    found = {f"{severity.word}s": report.count(severity) for severity in Severity}
    return found | {_camel(key): count for key, count in asdict(report.coverage).items()}


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)
