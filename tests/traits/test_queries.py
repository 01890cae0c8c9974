# SPDX-License-Identifier: Apache-2.0
"""What the traits ask Prometheus exists: the server's metrics and its reasons."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ci.tools.cue import OLD
from support.definition import needs_cue
from support.schema_fields import schema
from support.trait_definition import digits, evaluate
from velaserve_lint.names import metrics, options
from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.telemetry.model_stats import DURATION_BUCKETS_S

ASKED = [
    file.read_text(encoding="utf-8").replace("\n", " ")
    for file in Path(__file__).parent.glob("*/*/want.yaml")
]
NAME = re.compile(r"\b(?:nv_|velaserve_)\w+")


def test_every_metric_is_one_of_the_server() -> None:
    asked = {name for text in ASKED for name in NAME.findall(text)}
    assert len(asked) == 7
    assert asked <= {series for metric in metrics().values() for series in metric.series}


def reasons(error: type[VelaserveError] = VelaserveError) -> Iterator[str]:
    yield error.reason
    for kind in error.__subclasses__():
        yield from reasons(kind)


def test_every_reason_is_one_of_the_server() -> None:
    asked = {found for text in ASKED for found in re.findall(r'reason=~"([^"]+)"', text)}
    assert len(asked) == 2
    assert {reason for each in asked for reason in each.split("|")} <= set(reasons())


@pytest.mark.parametrize("trait", ["autoscaler", "monitoring"])
def test_a_slow_answer_is_one_that_the_server_measures(trait: str) -> None:
    """Above the last bound, the quantile is that bound: nothing would ever be slower."""
    latency = schema(trait)["$defs"][{"autoscaler": "Metrics", "monitoring": "Alerts"}[trait]]
    milliseconds = latency["properties"]["latency"]["properties"]["milliseconds"]
    assert milliseconds["maximum"] < DURATION_BUCKETS_S[-1] * 1000


@needs_cue
def test_the_longest_queue_is_the_server_s() -> None:
    longest = options()["max_queue_size"].default
    assert isinstance(longest, int)
    for depth, refused in ((longest - 1, False), (longest, True)):
        made = evaluate("monitoring", {"alerts": {"queueDepth": depth}}, OLD, digits())
        assert bool(made["errs"]) == refused
