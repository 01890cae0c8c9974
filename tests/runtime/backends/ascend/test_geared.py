# SPDX-License-Identifier: Apache-2.0
"""Batches of any size, on models that were compiled for some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.instances import Double
from support.offline_models import dense, dense_answer
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance
from velaserve_runtime.backends.geared import GearCounts, GearedInstance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.protocol.datatypes import Array


@pytest.fixture
def geared(acl: Acl, tmp_path: Path) -> Iterator[GearedInstance]:
    instance = GearedInstance(OfflineModelInstance(dense().write(tmp_path / "model.om"), acl, 0))
    instance.load()
    yield instance
    instance.close()


def rows(count: int) -> Array:
    return np.random.default_rng(count).random((count, 4), np.float32) - 0.5


@pytest.mark.parametrize("count", [*range(18), 100])
def test_answers_as_many_rows_as_there_were(geared: GearedInstance, count: int) -> None:
    x = rows(count)
    outputs = geared.execute({"x": x})
    assert outputs["y"].shape == (count, 3)
    np.testing.assert_allclose(outputs["y"], dense_answer(x), atol=1e-6)


def test_counts_what_padding_costs(geared: GearedInstance) -> None:
    for count in (4, 3, 8, 9):
        geared.execute({"x": rows(count)})
    assert geared.counts == GearCounts(rows=24, padded_rows=1, hits=2, misses=2)


def test_warm_up_with_rows_that_are_no_gear(acl: Acl, tmp_path: Path) -> None:
    """As a single row is where the smallest gear is 2: it finds out what the model does."""
    offline = OfflineModelInstance(dense((2, 4)).write(tmp_path / "model.om"), acl, 0)
    geared = GearedInstance(offline)
    geared.load()
    for count in (2, 1):
        y = geared.warm_up({"x": rows(count)})["y"]
        np.testing.assert_allclose(y, dense_answer(rows(count)), atol=1e-6)
    geared.close()

    first_runs = [each for each in geared.readings() if each.metric.endswith("first_run_seconds")]
    assert [each.labels for each in first_runs] == [{"gear": "2"}]


def test_padding_repeats_the_last_row() -> None:
    double = Double()
    instance = GearedInstance(double, gears=(4,))
    assert instance.load().gears == (4,)

    outputs = instance.execute({"x": np.array([[1, 2], [3, 4]], np.float32)})

    np.testing.assert_array_equal(outputs["y"], [[2, 4], [6, 8]])
    assert double.sizes == [4]


def test_model_without_gears_runs_as_it_is() -> None:
    double = Double()
    instance = GearedInstance(double)
    assert instance.load().gears == ()
    instance.execute({"x": np.ones((3, 2), np.float32)})
    assert double.sizes == [3]
