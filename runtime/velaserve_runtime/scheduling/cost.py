# SPDX-License-Identifier: Apache-2.0
"""What a batch of each size costs, learned from the batches that ran."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

_WEIGHT = 0.2
"""Share of the newest measurement in the running mean."""
_WORTH_IT = 1.05
"""A larger batch must bring the cost of a row down by more than this, else it only adds delay."""
_RELEARN_EVERY = 64
_EXPLORE_EVERY = 256
"""Every so many batches all that waits is taken: a size judged by one bad run gets another."""


class CostCurve:
    """Learns ns per batch by size and chooses sizes that pay; sizes are rows."""

    __slots__ = ("_chosen", "_cost_ns", "_runs", "_sizes", "gears", "max_batch_size")

    def __init__(self, max_batch_size: int, gears: tuple[int, ...] = ()) -> None:
        """`gears`: the sizes to choose from, ascending; without them, any."""
        self.max_batch_size = max_batch_size
        self.gears = gears
        self._sizes: list[int] = []
        self._cost_ns: dict[int, float] = {}
        self._runs = 0
        self._chosen: dict[int, int] = {}

    def record(self, rows: int, duration_ns: int) -> None:
        size = min(rows, self.max_batch_size)
        known = self._cost_ns.get(size)
        if known is None:
            insort(self._sizes, size)
            self._cost_ns[size] = duration_ns
        else:
            self._cost_ns[size] = known + _WEIGHT * (duration_ns - known)
        self._runs += 1
        if self._runs % _RELEARN_EVERY == 0 or known is None:
            self._chosen.clear()

    def choose(self, available: int) -> int:
        """How many of `available` rows the next batch should take, at least 1."""
        available = min(available, self.max_batch_size)
        if self.gears:
            available = self._largest_gear(available)
        if available < 2 or self._runs % _EXPLORE_EVERY == 0:
            return available
        chosen = self._chosen.get(available)
        if chosen is None:
            chosen = self._chosen[available] = self._choose(available)
        return chosen

    def estimate_ns(self, rows: int) -> float:
        """Expected ns for a batch; 0 before anything ran.

        Between measured sizes a straight line; beyond the largest its last slope, which
        is optimistic on purpose: a larger size is tried once before it is judged.
        """
        sizes, cost_ns = self._sizes, self._cost_ns
        if not sizes:
            return 0.0
        at = bisect_left(sizes, rows)
        if at < len(sizes) and (at == 0 or sizes[at] == rows):
            return cost_ns[sizes[at]]
        if len(sizes) == 1:
            return cost_ns[sizes[0]]
        high = min(at, len(sizes) - 1)
        low_size, high_size = sizes[high - 1], sizes[high]
        slope = (cost_ns[high_size] - cost_ns[low_size]) / (high_size - low_size)
        return cost_ns[low_size] + max(slope, 0.0) * (rows - low_size)

    def learned_us(self) -> dict[str, float]:
        """The curve for /stats: size -> microseconds."""
        return {str(size): round(self._cost_ns[size] / 1000, 1) for size in self._sizes}

    def _largest_gear(self, available: int) -> int:
        """The largest gear of no more rows; fewer rows than the smallest one run as they are."""
        fitting = bisect_right(self.gears, available)
        return self.gears[fitting - 1] if fitting else available

    def _choose(self, available: int) -> int:
        """The smallest size whose row is (nearly) as cheap as the cheapest."""
        sizes = self._sizes[: bisect_left(self._sizes, available)]
        if self.gears:
            sizes = [size for size in sizes if size in self.gears]
        per_row = [(self._cost_ns[size] / size, size) for size in sizes]
        per_row.append((self.estimate_ns(available) / available, available))
        bound = min(per_row)[0] * _WORTH_IT
        return next(size for cost, size in per_row if cost <= bound)
