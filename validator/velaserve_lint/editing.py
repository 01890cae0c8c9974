# SPDX-License-Identifier: Apache-2.0
"""Applying edits to a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.decoding import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_lint.edit import Edit

_QUOTES = "'\""
_PLAIN = re.compile(r"[-+.:\w]+")


class _Cut(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits; of two that overlap, the first counts."""
    starts = line_starts(text)
    cuts = sorted({cut for edit in edits if (cut := _cut(text, starts, edit))})
    pieces, done = [], 0
    for cut in cuts:
        if cut.start >= done:
            pieces += [text[done : cut.start], cut.text]
            done = cut.end
    return "".join([*pieces, text[done:]])


def _cut(text: str, starts: list[int], edit: Edit) -> _Cut | None:
    """None where something else stands there: an alias, a text over several lines."""
    span = edit.span
    start = starts[span.line - 1] + span.column - 1
    end = starts[span.end_line - 1] + span.end_column - 1
    found = text[start:end]
    if edit.old is None or edit.new is None:
        return _Cut(start, end, f'"{found}"') if _PLAIN.fullmatch(found) else None
    if found == edit.old:
        return _Cut(start, end, edit.new)
    if found[:1] in _QUOTES and found == found[0] + edit.old + found[0]:
        return _Cut(start + 1, end - 1, edit.new)
    return None
