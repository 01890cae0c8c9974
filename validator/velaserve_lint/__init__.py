# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint: finds mistakes in OAM Applications before a cluster sees them.

from velaserve_lint import lint

report = lint(text, "app.yaml")
for finding in report.findings:
    print(finding.file, finding.span.line, finding.id, describe(finding))
"""

from __future__ import annotations

from velaserve_lint.api import lint, lint_paths
from velaserve_lint.application import Application, Component, Policy, Step, Trait
from velaserve_lint.finding import Finding, Related, Severity
from velaserve_lint.messages import describe
from velaserve_lint.place import Place, Span
from velaserve_lint.report import Coverage, Report

__all__ = [
    "Application",
    "Component",
    "Coverage",
    "Finding",
    "Place",
    "Policy",
    "Related",
    "Report",
    "Severity",
    "Span",
    "Step",
    "Trait",
    "describe",
    "lint",
    "lint_paths",
]
