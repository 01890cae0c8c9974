# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of a component that a HorizontalPodAutoscaler scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.autoscaling import REQUEST_METRICS, RESOURCE_METRICS
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.targets import Version

MEMORY_IN_MIB_SINCE = (0, 21)
CPU, MEMORY = RESOURCE_METRICS
OTHER_SOURCES = ("External", "PodMetric")


MESSAGES = sentences(
    metric=Text("an HPA does not scale by {found}", "HPA 不能按 {found} 扩缩容"),
    percent=Text(
        "scaleTarget {found} is no percentage from 1 to 100",
        "scaleTarget {found} 不是 1 到 100 的百分比",
    ),
    memory=Text(
        "KServe takes scaleTarget {found} for a percentage, for memory too: 1 to 100",
        "KServe 把 scaleTarget {found} 当作百分比，内存也一样：1 到 100",
    ),
    least=Text("scaleTarget {found} is below 1", "scaleTarget {found} 小于 1"),
    source=Text("an HPA has no metrics of type {found}", "HPA 没有 {found} 类型的指标"),
    resource=Text("a metric of type Resource needs `resource`", "Resource 类型的指标需要 resource"),
)


def problems(at: Cursor, kserve: Version) -> Iterator[Problem]:
    yield from _simple(at, kserve)
    for metric in at.at("autoScaling", "metrics").items():
        kind = metric.at("type")
        if kind.text in OTHER_SOURCES:
            yield Problem(kind.place, "source", {"found": kind.text})
        elif kind.text == "Resource" and metric.at("resource").value is None:
            yield Problem(metric.key, "resource")


def _simple(at: Cursor, kserve: Version) -> Iterator[Problem]:
    """A target of memory is in MiB, but until 0.21 KServe takes more than 100 for a percentage."""
    metric, target = at.at("scaleMetric"), at.at("scaleTarget").number
    name = CPU if metric.value is None else metric.text
    if name in REQUEST_METRICS:
        yield Problem(metric.place, "metric", {"found": name})
    elif target is None:
        return
    elif name == CPU and not 1 <= target <= 100:
        yield Problem(at.at("scaleTarget").place, "percent", {"found": target})
    elif name == MEMORY and target > 100 and kserve < MEMORY_IN_MIB_SINCE:
        yield Problem(at.at("scaleTarget").place, "memory", {"found": target})
    elif name == MEMORY and target < 1:
        yield Problem(at.at("scaleTarget").place, "least", {"found": target})
