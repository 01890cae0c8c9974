# SPDX-License-Identifier: Apache-2.0
"""What has to end before what, over any number of steps in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A set is a number with a bit for each task; of so many tasks, all sets are 12 MB.
_MOST = 10_000


class Precedence:
    """`before` are, for each task, those that have to end before it does, told by their position.

    `circle` is a number for each task, the same for those that wait for each other.
    """

    def __init__(self, before: Sequence[Sequence[int]]) -> None:
        self.circle = [0] * len(before)
        self.is_known = len(before) <= _MOST
        self._ended = [0] * len(before)
        for number, circle in enumerate(_circles(before)):
            for task in circle:
                self.circle[task] = number
            if self.is_known:
                self._end(circle, before)

    def _end(self, circle: list[int], before: Sequence[Sequence[int]]) -> None:
        ended = 0
        for task in circle:
            ended |= 1 << task
            for other in before[task]:
                ended |= self._ended[other]
        for task in circle:
            self._ended[task] = ended

    def has_ended(self, task: int, others: Iterable[int]) -> bool:
        """Whether the task is one of the others, or has to end before one of them."""
        return any(self._ended[other] >> task & 1 for other in others)


def _circles(before: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Tasks that wait for each other, or one alone; after those that they wait for (Tarjan)."""
    found: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_tasks: dict[int, None] = {}
    for root in range(len(before)):
        todo = [] if root in found else [(root, iter(before[root]))]
        while todo:
            task, rest = todo[-1]
            if task not in found:
                found[task] = lowest[task] = len(found)
                open_tasks[task] = None
            other = next((one for one in rest if one not in found or one in open_tasks), None)
            if other is None:
                todo.pop()
                if todo:
                    around = todo[-1][0]
                    lowest[around] = min(lowest[around], lowest[task])
                if lowest[task] == found[task]:
                    yield _closed(open_tasks, task)
            elif other in found:
                lowest[task] = min(lowest[task], found[other])
            else:
                todo.append((other, iter(before[other])))


def _closed(open_tasks: dict[int, None], first: int) -> list[int]:
    """Takes the first one and all after it away."""
    circle: list[int] = []
    while not circle or circle[-1] != first:
        circle.append(open_tasks.popitem()[0])
    return circle
