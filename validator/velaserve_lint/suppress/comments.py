# SPDX-License-Identifier: Apache-2.0
"""Comments `# velaserve: ignore[VS107] reason`, for their own line or the one below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.decoding import lines
from velaserve_lint.place import Place, Span
from velaserve_lint.suppress.suppression import Suppression, ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Node
    from velaserve_lint.source import Source

_COMMENT = re.compile(r"(?:^|\s)(#\s*velaserve:\s*ignore\b(?:\[([^\]]*)\])?(.*))$")


def commented(source: Source, file: str) -> Iterator[Suppression]:
    """Each such comment; not what looks like one inside a text."""
    rows = lines(source.text)
    for number, row in enumerate(rows, 1):
        if (match := _COMMENT.search(row)) and not _is_text(source, number, match.start(1) + 1):
            line = number if row[: match.start(1)].strip() else _next(rows, number)
            place = _place(file, number, match)
            yield Suppression(
                ids_in(match[2] or ""), (match[3] or "").strip(" \t:-"), line, line, place
            )


def _next(rows: list[str], number: int) -> int:
    """The next line that holds more than a comment."""
    for below, row in enumerate(rows[number:], number + 1):
        if row.strip() and not row.strip().startswith("#"):
            return below
    return number


def _place(file: str, number: int, match: re.Match[str]) -> Place:
    start, end = match.start(1) + 1, match.end(1) + 1
    return Place(file, Span(number, start, number, end))


def _is_text(source: Source, line: int, column: int) -> bool:
    """Whether the character belongs to a scalar that goes on after it."""
    point = (line, column)
    return any(_holds(document.root, point) for document in source.documents)


def _holds(node: Node, point: tuple[int, int]) -> bool:
    members = [part for entry in node.entries.values() for part in entry] + list(node.items)
    if members:
        return any(_holds(member, point) for member in members)
    span = node.span
    return (span.line, span.column) <= point < (span.end_line, span.end_column)
