# SPDX-License-Identifier: Apache-2.0
"""Which gears run a number of rows: the cheapest, by what each was measured to cost.

"The next larger gear" is not it: of ResNet50 INT8 on a 310P3 a row costs less in a batch of 4 than
in one of 32, and least of all in one of 64 (reference/ascend.md section 8).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLANNED_GEARS = 4
"""More rows than so many of the largest gear begin with the gear whose row is cheapest."""
_FASTER = 0.95
"""What a new measurement must be below, to be worth planning anew."""

_Step = tuple[int, int, int]
"""Of a plan: its cost in ns, its padding in rows, and the gear it begins with."""


class GearPlan:
    """Gears with what they cost; also what the scheduler asks for sizes that pay."""

    __slots__ = ("_cost_ns", "_steps", "gears", "max_batch_size")

    def __init__(self, gears: Sequence[int]) -> None:
        self.gears = tuple(sorted(gears))
        self.max_batch_size = self.gears[-1]
        self._cost_ns: dict[int, int] = {}
        self._steps: list[_Step] = []
        """Of the cheapest plan for each number of rows; made when all costs are known."""

    def record(self, rows: int, duration_ns: int) -> None:
        """What a batch of exactly a gear took; the fastest counts.

        Others have the time of batches in them that were under way beside them.
        """
        known = self._cost_ns.get(rows)
        if rows in self.gears and (known is None or duration_ns < _FASTER * known):
            self._cost_ns[rows] = duration_ns
            if len(self._cost_ns) == len(self.gears):
                self._steps = self._plan_all()

    def plan(self, rows: int) -> tuple[int, ...]:
        """The gears, largest first; they hold `rows` rows or more. () for 0 rows."""
        if not self._steps:
            return self._next_larger(rows)
        best = min(self.gears, key=lambda gear: self._cost_ns[gear] / gear)
        begun = max(0, -(-(rows - len(self._steps) + 1) // best))
        return tuple(sorted([best] * begun + self._composed(rows - begun * best), reverse=True))

    def choose(self, available: int) -> int:
        """How many of `available` rows the next batch should take."""
        return min(self.plan(available)[0], available)

    def estimate_ns(self, rows: int) -> float:
        """Expected ns for so many rows; 0 before anything ran."""
        return sum(self._cost_ns.get(gear, 0) for gear in self.plan(rows))

    def learned_us(self) -> dict[str, float]:
        """For /stats: gear -> microseconds."""
        return {str(gear): round(cost / 1000, 1) for gear, cost in sorted(self._cost_ns.items())}

    def _plan_all(self) -> list[_Step]:
        """By dynamic programming over the rows; where costs are equal, with less padding."""
        steps: list[_Step] = [(0, 0, 0)]
        for rows in range(1, _PLANNED_GEARS * self.max_batch_size + 1):
            steps.append(min(self._step(steps, rows, gear) for gear in self.gears))
        return steps

    def _step(self, steps: Sequence[_Step], rows: int, gear: int) -> _Step:
        """Of the plan for `rows` rows that begins with this gear."""
        cost_ns, padding, _ = steps[max(rows - gear, 0)]
        return cost_ns + self._cost_ns[gear], padding + max(gear - rows, 0), gear

    def _composed(self, rows: int) -> list[int]:
        gears: list[int] = []
        while rows > 0:
            gears.append(self._steps[rows][2])
            rows -= gears[-1]
        return gears

    def _next_larger(self, rows: int) -> tuple[int, ...]:
        """Before every gear was measured."""
        full, rest = divmod(rows, self.max_batch_size)
        at = bisect_left(self.gears, rest)
        return (self.max_batch_size,) * full + ((self.gears[at],) if rest else ())
