# SPDX-License-Identifier: Apache-2.0
"""Paths with choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.cursor import Cursor
from velaserve_lint.reach import places, reach
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = "{a: [{b: 1}, {b: 2}, {}], m: {x: {v: 3}, y: {v: 4}}, e: []}"


def values(path: str, function: Callable[[Cursor, str], Iterator[Cursor]] = reach) -> list[object]:
    (document,) = read(TEXT, "-").documents
    return [cursor.value for cursor in function(Cursor(document, (), document.data), path)]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a[].b", [1, 2]),
        ("m.*.v", [3, 4]),
        ("m.x.v", [3]),
        ("e[].b", []),
        ("e", [[]]),
        ("a[].b[].c", []),
        ("n.o", []),
        ("n", []),
    ],
)
def test_every_choice_is_followed(path: str, found: list[object]) -> None:
    assert values(path) == found


def test_what_is_missing_has_a_place_in_what_is_there() -> None:
    assert values("a[].b", places) == [1, 2, None]
    assert values("n.o", places) == []


def test_an_empty_path_is_the_place_itself() -> None:
    assert len(values("")) == 1
