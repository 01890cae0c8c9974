# SPDX-License-Identifier: Apache-2.0
"""Gears are chosen by what they cost, not by their size."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.scheduling.gear_plan import GearPlan

RESNET50_INT8 = {1: 4089, 2: 6323, 4: 9492, 8: 9403, 16: 7748, 32: 7020, 64: 12141}
"""Gear -> images a second on a 310P3 (reference/ascend.md section 8)."""
COSTS_NS = {gear: round(gear / rate * 1e9) for gear, rate in RESNET50_INT8.items()}


def measured(costs_ns: dict[int, int]) -> GearPlan:
    plan = GearPlan(list(costs_ns))
    for gear, cost_ns in costs_ns.items():
        plan.record(gear, cost_ns)
    return plan


@pytest.mark.parametrize(
    ("rows", "gears"),
    [
        (0, ()),
        (1, (1,)),
        (3, (4,)),  # cheaper than 2 + 1
        (4, (4,)),
        (8, (4, 4)),  # cheaper than 8
        (9, (4, 4, 1)),
        (16, (4, 4, 4, 4)),
        (32, (4,) * 8),
        (50, (64,)),
        (64, (64,)),
        (65, (64, 1)),
        (1000, (64,) * 15 + (4,) * 10),
    ],
)
def test_cheapest_gears(rows: int, gears: tuple[int, ...]) -> None:
    assert measured(COSTS_NS).plan(rows) == gears


def test_next_larger_gear_before_all_are_measured() -> None:
    plan = GearPlan([8, 2, 4])
    plan.record(2, 10)
    assert [plan.plan(rows) for rows in (1, 2, 3, 8, 9, 20)] == [
        (2,),
        (2,),
        (4,),
        (8,),
        (8, 2),
        (8, 8, 4),
    ]


def test_next_batch_is_the_first_of_the_plan() -> None:
    plan = measured(COSTS_NS)
    assert [plan.choose(rows) for rows in (1, 3, 16, 60, 64, 70)] == [1, 3, 4, 60, 64, 64]


def test_fastest_run_counts() -> None:
    plan = measured({1: 100, 2: 150})
    plan.record(2, 900)
    plan.record(3, 1)  # is no gear
    assert plan.learned_us() == {"1": 0.1, "2": 0.1}
    assert plan.estimate_ns(3) == 250


costs = st.dictionaries(st.integers(1, 9), st.integers(1, 1000), min_size=1, max_size=4)


@given(costs, st.integers(1, 12))
def test_no_other_gears_are_cheaper(costs_ns: dict[int, int], rows: int) -> None:
    plan = measured(costs_ns)
    chosen = plan.plan(rows)

    assert sum(chosen) >= rows
    others = (
        gears
        for count in range(1, rows + 1)
        for gears in combinations_with_replacement(costs_ns, count)
        if sum(gears) >= rows
    )
    assert plan.estimate_ns(rows) == min(sum(costs_ns[gear] for gear in gears) for gears in others)


@given(costs, st.integers(1, 3000))
def test_many_rows_are_held(costs_ns: dict[int, int], rows: int) -> None:
    chosen = measured(costs_ns).plan(rows)
    assert rows <= sum(chosen) < rows + max(costs_ns)


@pytest.mark.parametrize("clients", [*range(1, 70), 100, 128, 200, 500])
def test_throughput_is_near_what_is_possible(clients: int) -> None:
    """So many clients of one row each ask again as soon as they are answered."""
    plan = measured(COSTS_NS)
    possible = max(rows / plan.estimate_ns(rows) for rows in range(1, clients + 1))

    rows = plan.choose(clients)

    assert rows / plan.estimate_ns(rows) >= 0.95 * possible
