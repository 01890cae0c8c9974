# SPDX-License-Identifier: Apache-2.0
"""What a model in a process of its own tells of itself, for the server's metrics."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from support.eventually import eventually
from support.instances import Double, Measuring
from support.processes import kill_and_wait
from velaserve_runtime.backends.geared import GearedInstance
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.readings import readings_of

SOON_S = 30


def figures(instance: ProcessInstance) -> list[float]:
    return [reading.value for reading in readings_of(GearedInstance(instance))]


def run(instance: ProcessInstance, rows: int) -> None:
    instance.execute({"x": np.zeros((rows, 2), np.float32)})


@pytest.fixture
def measured() -> ProcessInstance:
    return ProcessInstance(Measuring)


def test_the_last_figures_of_the_model_count(measured: ProcessInstance) -> None:
    with closing(measured):
        assert figures(measured) == []
        measured.load()
        for rows in (3, 5):
            run(measured, rows)
            eventually(lambda: figures(measured), [float(rows)].__eq__, SOON_S, "the figure")
    assert figures(measured) == []


def test_a_process_that_died_tells_nothing_any_more(measured: ProcessInstance) -> None:
    with closing(measured):
        measured.load()
        run(measured, 3)
        eventually(lambda: figures(measured), bool, SOON_S, "the figure")
        assert measured.pid is not None
        kill_and_wait(measured.pid)
        eventually(lambda: figures(measured), [].__eq__, SOON_S, "no figure")


def test_a_model_without_figures_tells_none() -> None:
    with closing(ProcessInstance(Double)) as instance:
        instance.load()
        run(instance, 1)
        assert figures(instance) == []
