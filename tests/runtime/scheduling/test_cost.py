# SPDX-License-Identifier: Apache-2.0
"""The batcher batches where it pays and does not where it does not."""

from __future__ import annotations

from velaserve_runtime.scheduling.cost import CostCurve


def learned(costs: dict[int, int], limit: int = 64) -> CostCurve:
    curve = CostCurve(limit)
    for rows, cost_ns in costs.items():
        curve.record(rows, cost_ns)
    return curve


def test_everything_is_taken_before_anything_is_known() -> None:
    assert CostCurve(64).choose(17) == 17
    assert CostCurve(8).choose(17) == 8


def test_a_weight_bound_model_takes_all() -> None:
    curve = learned({1: 4000, 8: 8500, 32: 16000, 64: 26000})
    assert [curve.choose(rows) for rows in (1, 5, 8, 40, 64)] == [1, 5, 8, 40, 64]


def test_a_compute_bound_model_is_not_batched() -> None:
    curve = learned({1: 6200, 2: 12600, 8: 52000, 64: 430000})
    assert [curve.choose(rows) for rows in (1, 2, 8, 33, 64)] == [1, 1, 1, 1, 1]


def test_a_model_that_stops_paying_stops_growing() -> None:
    curve = learned({1: 1000, 4: 1200, 8: 2400, 16: 4900})
    assert curve.choose(16) == 4


def test_a_size_judged_by_a_bad_run_is_tried_again() -> None:
    curve = learned({1: 1000, 2: 1100, 32: 1_000_000})
    assert curve.choose(32) < 32
    taken = set()
    for _ in range(300):
        rows = curve.choose(32)
        taken.add(rows)
        curve.record(rows, 1000 + 100 * rows)
    assert 32 in taken


def test_with_gears_only_these_are_chosen() -> None:
    curve = CostCurve(8, (2, 4, 8))
    assert [curve.choose(rows) for rows in (1, 2, 3, 4, 7, 8, 40)] == [1, 2, 2, 4, 4, 8, 8]


def test_a_gear_that_pays_is_chosen_before_a_larger_one_that_does_not() -> None:
    curve = CostCurve(8, (1, 4, 8))
    for rows, cost_ns in {1: 1000, 3: 1010, 4: 1200, 8: 2400}.items():
        curve.record(rows, cost_ns)
    assert [curve.choose(rows) for rows in (3, 4, 8)] == [1, 4, 4]


def test_estimates_lie_on_the_curve() -> None:
    curve = learned({2: 2000, 4: 3000})
    assert [curve.estimate_ns(rows) for rows in (1, 2, 3, 4, 6)] == [2000, 2000, 2500, 3000, 4000]
    assert CostCurve(4).estimate_ns(3) == 0
