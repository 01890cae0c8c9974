# SPDX-License-Identifier: Apache-2.0
"""Edits of a text."""

from __future__ import annotations

import pytest

from velaserve_lint.edit import Edit
from velaserve_lint.editing import edited
from velaserve_lint.place import Span


def at(column: int, length: int, line: int = 1) -> Span:
    return Span(line, column, line, column + length)


@pytest.mark.parametrize(
    ("text", "edits", "after"),
    [
        ("ab: 1", [Edit(at(1, 2), "ab", "abc")], "abc: 1"),
        ("'ab': 1", [Edit(at(1, 4), "ab", "abc")], "'abc': 1"),
        ("xy: 1", [Edit(at(1, 2), "ab", "abc")], "xy: 1"),
        ("a: yes", [Edit(at(4, 3))], 'a: "yes"'),
        ("a: -1.5", [Edit(at(4, 4))], 'a: "-1.5"'),
        ("a: *yes", [Edit(at(4, 4))], "a: *yes"),
        ("a: 'yes'", [Edit(at(4, 5))], "a: 'yes'"),
        ("a: b\r\nc: d", [Edit(at(1, 1), "a", "x"), Edit(at(4, 1, 2), "d", "y")], "x: b\r\nc: y"),
        ("中文: b", [Edit(at(5, 1), "b", "c")], "中文: c"),
        ("ab", [Edit(at(1, 2), "ab", "x"), Edit(at(1, 1), "a", "y")], "yb"),
    ],
)
def test_what_stands_there_is_replaced(text: str, edits: list[Edit], after: str) -> None:
    assert edited(text, edits) == after
