# SPDX-License-Identifier: Apache-2.0
"""What comes before what, compared with following every way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint.precedence import Precedence

GRAPHS = st.integers(1, 7).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size
    )
)


def ended(before: list[list[int]], task: int) -> set[int]:
    found: set[int] = set()
    todo = [task]
    while todo:
        if (one := todo.pop()) not in found:
            found.add(one)
            todo += before[one]
    return found


@given(GRAPHS)
def test_everything_before_has_ended(before: list[list[int]]) -> None:
    precedence = Precedence(before)

    for task in range(len(before)):
        found = {one for one in range(len(before)) if precedence.has_ended(one, [task])}
        assert found == ended(before, task)


@given(GRAPHS)
def test_a_circle_is_of_those_that_wait_for_each_other(before: list[list[int]]) -> None:
    circle = Precedence(before).circle
    tasks = range(len(before))

    together = {(a, b) for a in tasks for b in tasks if circle[a] == circle[b]}
    assert together == {
        (a, b) for a in tasks for b in tasks if a in ended(before, b) and b in ended(before, a)
    }


def test_of_very_many_only_the_circles_are_known() -> None:
    size = 20_000
    precedence = Precedence([[(task + 1) % size] for task in range(size)])

    assert set(precedence.circle) == {0}
    assert not precedence.is_known
    assert not precedence.has_ended(0, [1])
