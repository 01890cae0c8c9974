# SPDX-License-Identifier: Apache-2.0
"""Documents and traits name metrics that the server has."""

import re
from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from velaserve_lint.names import metrics

NAMED = re.compile(r"\b(?:nv_inference|velaserve)_[a-z_]*[a-z]\b(?![*/.])")
SERIES = {series for metric in metrics().values() for series in metric.series}
PACKAGES = {"velaserve_lint", "velaserve_runtime"}
TEXTS = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "traits").glob("*.cue")])


def named(text: Path) -> set[str]:
    return set(NAMED.findall(text.read_text(encoding="utf-8"))) - PACKAGES


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_every_metric_that_is_named_exists(text: Path) -> None:
    assert named(text) <= SERIES | metrics().keys()


def test_metrics_are_found_where_they_are() -> None:
    assert "velaserve_refusals_total" in named(ROOT / "docs" / "serving.md")
    assert "velaserve_request_duration_seconds_bucket" in named(ROOT / "traits" / "autoscaler.cue")
