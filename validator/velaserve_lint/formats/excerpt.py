# SPDX-License-Identifier: Apache-2.0
"""Lines of a file with marks under what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.formats.colours import paint
from velaserve_lint.width import flat, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.finding import Severity
    from velaserve_lint.formats import View
    from velaserve_lint.place import Span

LONGEST_LINE = 120


class Label(NamedTuple):
    """A span to mark, with what character, and what to say beside it."""

    span: Span
    mark: str
    text: str


def excerpt(
    rows: Sequence[str], labels: Sequence[Label], severity: Severity, view: View
) -> list[str]:
    """The first line of each label, in order; columns are those of a terminal."""
    ordered = sorted((label for label in labels if label.span.line <= len(rows)), key=_line)
    gutter = max((len(str(label.span.line)) for label in ordered), default=1)
    result = [f"{'':{gutter}} |"]
    for label in ordered:
        line, marks = _marked(rows[label.span.line - 1], label)
        result.append(f"{label.span.line:{gutter}} | {line}")
        painted = paint(marks, severity, view) if label.mark == "^" else marks
        result.append(f"{'':{gutter}} | {painted} {label.text}".rstrip())
    return [row.rstrip() for row in result]


def _line(label: Label) -> tuple[int, int]:
    return label.span.line, label.span.column


def _marked(row: str, label: Label) -> tuple[str, str]:
    """The line, or the part of a long one that matters, and the marks below it."""
    start, end = _columns(row, label.span)
    cut = max(0, start - LONGEST_LINE // 2) if len(row) > LONGEST_LINE else 0
    before, after = "…" if cut else "", "…" if len(row) > cut + LONGEST_LINE else ""
    lead = before + flat(row[cut:start])
    meant = flat(row[start : min(end, cut + LONGEST_LINE)])
    line = lead + meant + flat(row[end : cut + LONGEST_LINE]) + after
    return line, " " * width(lead) + label.mark * max(1, width(meant))


def _columns(row: str, span: Span) -> tuple[int, int]:
    """0-based; a span of several lines is marked to the end of its first."""
    end = span.end_column - 1 if span.end_line == span.line else len(row.rstrip())
    return span.column - 1, max(end, span.column)
