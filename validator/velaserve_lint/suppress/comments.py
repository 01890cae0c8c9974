# SPDX-License-Identifier: Apache-2.0
"""Comments `# velaserve: ignore[VS107] reason`, for their own line or the one below."""

from __future__ import annotations

import bisect
import math
import re
from typing import TYPE_CHECKING

from velaserve_lint.decoding import lines
from velaserve_lint.place import Place, Span
from velaserve_lint.suppress.suppression import Suppression, ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.layout import Node
    from velaserve_lint.source import Source

_COMMENT = re.compile(r"(?:^|\s)(#\s*velaserve:\s*ignore\b(?:\[([^\]]*)\])?(.*))$")


def commented(source: Source, file: str) -> Iterator[Suppression]:
    """Each such comment; not what looks like one inside a text."""
    rows = lines(source.text)
    found = [
        (number, match) for number, row in enumerate(rows, 1) if (match := _COMMENT.search(row))
    ]
    if not found:
        return
    texts, below = _Texts(source), _below(rows)
    for number, match in found:
        if not texts.hold((number, match.start(1) + 1)):
            stands_alone = not rows[number - 1][: match.start(1)].strip()
            line = below[number] if stands_alone else number
            reason = (match[3] or "").strip(" \t:-")
            yield Suppression(
                ids_in(match[2] or ""), reason, line, line, _place(file, number, match)
            )


def _below(rows: list[str]) -> list[int]:
    """For each line, the next one that holds more than a comment, else itself."""
    below, last = [0] * (len(rows) + 1), 0
    for number in range(len(rows), 0, -1):
        below[number] = last or number
        row = rows[number - 1].strip()
        last = number if row and not row.startswith("#") else last
    return below


def _place(file: str, number: int, match: re.Match[str]) -> Place:
    start, end = match.start(1) + 1, match.end(1) + 1
    return Place(file, Span(number, start, number, end))


class _Texts:
    """The scalars of a file in the order in which they stand."""

    def __init__(self, source: Source) -> None:
        roots = (document.layout.root for document in source.documents)
        scalars = {id(one): one for root in roots for one in _scalars(root)}
        self._spans = sorted(one.span for one in scalars.values())

    def hold(self, point: tuple[int, int]) -> bool:
        """Whether the character belongs to a scalar that goes on after it."""
        before = bisect.bisect_right(self._spans, (*point, math.inf, math.inf)) - 1
        return before >= 0 and point < self._spans[before][2:]


def _scalars(node: Node) -> Iterator[Node]:
    members = [part for entry in node.entries.values() for part in entry] + list(node.items)
    if not members:
        yield node
    for member in members:
        yield from _scalars(member)
