# SPDX-License-Identifier: Apache-2.0
"""L15 and L16: what canaries of KServe get."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service
from velaserve_lint.targets import Targets

MODEL = "model: {modelFormat: {name: onnx}}"
SHARE = "/spec/canary/0/trafficPercent"
CLASS = "serving.kserve.io/autoscalerClass"
NEXT = Targets(kserve=(0, 21, 0))


def text(percent: int, fields: str = "name: b", more: str = "", by: str = "none") -> str:
    canary = f", canary: [{{trafficPercent: {percent}, predictor: {{{fields}, {MODEL}}}}}]"
    return service(MODEL, canary + more, annotations=f"{CLASS}: {by}")


@pytest.mark.parametrize(
    ("percent", "more", "by", "now", "later"),
    [
        (0, "", "none", [], []),
        (10, "", "none", ["none"], []),
        (10, ", transformer: {containers: [{}]}", "none", ["none"], ["past"]),
        (10, "", "keda", ["none"], ["size"]),
        (10, "", "external", ["none"], ["size"]),
        (10, "", "hpa", ["none"], []),
    ],
)
def test_l15_shares(percent: int, more: str, by: str, now: list[str], later: list[str]) -> None:
    canary = text(percent, "name: b, minReplicas: 1", more, by)

    assert of("VS455", canary) == [f"{one} {SHARE}" for one in now]
    assert of("VS455", canary, targets=NEXT) == [f"{one} {SHARE}" for one in later]


@pytest.mark.parametrize(
    ("percent", "fields", "by", "count"),
    [
        (0, "name: b", "none", 1),
        (0, "name: b, minReplicas: 1", "none", 0),
        (1, "name: b", "none", 0),
        (0, "name: b", "hpa", 0),
    ],
)
def test_l16_pods(percent: int, fields: str, by: str, count: int) -> None:
    assert of("VS456", text(percent, fields, by=by)) == [f"none {SHARE}"] * count
