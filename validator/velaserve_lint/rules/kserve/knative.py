# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of a component that Knative rolls out and scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.autoscaling import RESOURCE_METRICS
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor

MESSAGES = sentences(
    strategy=Text(
        "deploymentStrategy is for Standard mode only",
        "deploymentStrategy 仅用于 Standard 模式",
    ),
    metric=Text("Knative does not scale by {found}", "Knative 不能按 {found} 扩缩容"),
    rps=Text("scaleTarget {found} of rps is below 1", "rps 的 scaleTarget {found} 小于 1"),
)


def problems(at: Cursor) -> Iterator[Problem]:
    strategy, metric, target = (
        at.at(name) for name in ("deploymentStrategy", "scaleMetric", "scaleTarget")
    )
    if isinstance(strategy.value, dict):
        yield Problem(strategy.key, "strategy")
    if metric.text in RESOURCE_METRICS:
        yield Problem(metric.place, "metric", {"found": metric.text})
    if metric.text == "rps" and target.number is not None and target.number < 1:
        yield Problem(target.place, "rps", {"found": target.number})
