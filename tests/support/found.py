# SPDX-License-Identifier: Apache-2.0
"""What the linter finds in a text, in the few words that tests compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint import lint

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding


class Found(NamedTuple):
    """The rule, how bad it is, the key of its message, and what the caret is under."""

    id: str
    severity: str
    message: str
    at: str


def found(text: str) -> list[Found]:
    """In the order of the file."""
    return [_said(finding, text) for finding in lint(text).findings]


def _said(finding: Finding, text: str) -> Found:
    span = finding.span
    line = text.splitlines()[span.line - 1]
    at = line[span.column - 1 : span.end_column - 1] if span.end_line == span.line else line
    return Found(finding.id, finding.severity.word, finding.message, at)
