# SPDX-License-Identifier: Apache-2.0
"""GitLab's Code Quality report: what a merge request shows beside its lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.fingerprint import fingerprints, portable
from velaserve_lint.messages import advice, describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.finding import Finding
    from velaserve_lint.formats import View
    from velaserve_lint.report import Report

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def write(report: Report, _view: View) -> str:
    """GitLab takes findings with one fingerprint for one finding: these have one each."""
    findings = map(_finding, report.findings, fingerprints(report.findings))
    return json.dumps(list(findings), indent=2) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    lines = {"begin": finding.span.line, "end": finding.span.end_line}
    return {
        "description": f"{finding.id}: {describe(finding)}",
        "check_name": finding.id,
        "content": {"body": advice(finding)},
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": portable(finding.file), "lines": lines},
    }
