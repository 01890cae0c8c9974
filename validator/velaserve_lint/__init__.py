# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint: finds mistakes in OAM Applications before a cluster sees them.

from velaserve_lint import lint

report = lint(text, "app.yaml")
for finding in report.findings:
    print(finding.file, finding.span.line, finding.id, describe(finding))
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.api import lint, lint_paths, score, score_paths
    from velaserve_lint.application import Application, Component, Policy, Step, Trait
    from velaserve_lint.finding import Finding, Related, Severity
    from velaserve_lint.messages import describe
    from velaserve_lint.place import Place, Span
    from velaserve_lint.report import Coverage, Report

_MODULES = {
    "Application": "application",
    "Component": "application",
    "Coverage": "report",
    "Finding": "finding",
    "Place": "place",
    "Policy": "application",
    "Related": "finding",
    "Report": "report",
    "Severity": "finding",
    "Span": "place",
    "Step": "application",
    "Trait": "application",
    "describe": "messages",
    "lint": "api",
    "lint_paths": "api",
    "score": "api",
    "score_paths": "api",
}
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
    "score",
    "score_paths",
]

if not TYPE_CHECKING:  # a type checker shall not believe that every name exists

    def __getattr__(name: str) -> object:
        """What is public is imported when asked for: the command needs little of it to start."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
