# SPDX-License-Identifier: Apache-2.0
"""Marks stand under what they mean, whatever the characters' width."""

from __future__ import annotations

import pytest

from velaserve_lint.finding import Severity
from velaserve_lint.formats import View
from velaserve_lint.formats.excerpt import LONGEST_LINE, Label, excerpt
from velaserve_lint.place import Span


def marked(row: str, span: Span) -> list[str]:
    _, line, marks = excerpt([row], [Label(span, "^", "")], Severity.ERROR, View())
    return [line.removeprefix("1 | "), marks.removeprefix("  | ")]


@pytest.mark.parametrize(
    ("row", "span", "marks"),
    [
        ("a: b", Span(1, 4, 1, 5), "   ^"),
        ("名: 数字", Span(1, 4, 1, 6), "    ^^^^"),
        ("e\u0301: b", Span(1, 5, 1, 6), "   ^"),
        ("a:\tb", Span(1, 4, 1, 5), "      ^"),
        ("a: [b,  ", Span(1, 4, 3, 1), "   ^^^"),
        ("a:", Span(1, 3, 1, 3), "  ^"),
    ],
)
def test_marks(row: str, span: Span, marks: str) -> None:
    assert marked(row, span)[1] == marks


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    row = "x" * 500 + "HERE" + "y" * 500

    line, marks = marked(row, Span(1, 501, 1, 505))

    assert line[marks.index("^") : marks.index("^") + 4] == "HERE"
    assert (line[0], line[-1]) == ("…", "…")
    assert len(line) == LONGEST_LINE + 2


def test_a_place_beyond_the_text_shows_nothing() -> None:
    label = Label(Span(9, 1, 9, 1), "^", "")

    assert excerpt(["a"], [label], Severity.ERROR, View()) == ["  |"]
