# SPDX-License-Identifier: Apache-2.0
"""The table of metrics holds to Prometheus' habits; the server's side: tests/runtime/telemetry."""

import pytest

from velaserve_lint.names import Metric, metrics

SUFFIXES = {"µs": "_us", "s": "_seconds", "bytes": "_bytes"}


@pytest.mark.parametrize("metric", metrics().values(), ids=lambda metric: metric.name)
def test_name_says_whose_it_is_and_what_it_counts(metric: Metric) -> None:
    of_triton = metric.name.startswith("nv_inference_")
    assert of_triton or metric.name.startswith("velaserve_")
    assert metric.name.endswith(SUFFIXES.get(metric.unit, ""))
    assert of_triton or metric.name.endswith("_total") == (metric.type == "counter")
    assert metric.help.endswith(".")


def test_a_histogram_is_asked_for_by_its_parts() -> None:
    assert metrics()["velaserve_ready"].series == ("velaserve_ready",)
    assert "velaserve_batch_size_bucket" in metrics()["velaserve_batch_size"].series
