# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of a component that KEDA scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import NANO, nanos
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor

SOURCES: Mapping[str, str] = {
    "Resource": "resource",
    "External": "external",
    "PodMetric": "podmetric",
}
_TARGETS = {
    "Utilization": "averageUtilization",
    "AverageValue": "averageValue",
    "Value": "value",
}
_ALLOWED = {"cpu": ("Utilization",), "memory": ("AverageValue", "Utilization")}
_LEAST_MEMORY = NANO << 20

MESSAGES = sentences(
    metric=Text(
        "KEDA takes no scaleMetric, only autoScaling", "KEDA 不支持 scaleMetric，只支持 autoScaling"
    ),
    source=Text("a metric of type {type} needs `{field}`", "{type} 类型的指标需要 {field}"),
    type=Text("the target of {name} must be of type {allowed}", "{name} 的目标类型应为 {allowed}"),
    target=Text("a target of type {type} needs `{field}`", "{type} 类型的目标需要 {field}"),
    percent=Text(
        "averageUtilization {found} is not from 1 to 100",
        "averageUtilization {found} 不在 1 到 100 之间",
    ),
    memory=Text("a target of {found} is less than 1Mi of memory", "内存目标 {found} 小于 1Mi"),
    untyped=Text(
        "the target needs `type`: KServe writes an empty one, which the API server refuses",
        "目标需要 type：KServe 会写入空值，而 API 服务器会拒绝",
    ),
    query=Text("a metric of type {type} needs a query", "{type} 类型的指标需要 query"),
    threshold=Text("the target needs `value`, the threshold", "目标需要 value，即阈值"),
)


def problems(at: Cursor) -> Iterator[Problem]:
    metric = at.at("scaleMetric")
    if isinstance(metric.value, str):
        yield Problem(metric.key, "metric")
    for one in at.at("autoScaling", "metrics").items():
        kind = one.at("type").text
        if (field := SOURCES.get(kind)) is None:
            continue
        if one.at(field).value is None:
            yield Problem(one.key, "source", {"type": kind, "field": field})
        elif kind == "Resource":
            yield from _resource(one.at(field))
        else:
            yield from _measured(kind, one.at(field))


def _resource(source: Cursor) -> Iterator[Problem]:
    name, target = source.at("name").text, source.at("target")
    kind, allowed = target.at("type"), _ALLOWED.get(name, ())
    if not allowed or not isinstance(target.value, dict):
        return
    if kind.value is None or (kind.text in _TARGETS and kind.text not in allowed):
        yield Problem(kind.place, "type", {"name": name, "allowed": " / ".join(allowed)})
        return
    yield from _target(target)
    value = target.at("averageValue")
    size = nanos(value.value) if name == "memory" and kind.text == "AverageValue" else None
    if size is not None and size < _LEAST_MEMORY:
        yield Problem(value.place, "memory", {"found": str(value.value)})


def _measured(kind: str, source: Cursor) -> Iterator[Problem]:
    metric, target = source.at("metric"), source.at("target")
    if isinstance(metric.value, dict) and metric.at("query").value in (None, ""):
        yield Problem(metric.key, "query", {"type": kind})
    if isinstance(target.value, dict):
        if target.at("type").value is None:
            yield Problem(target.key, "untyped")
        if target.at("value").value is None:
            yield Problem(target.key, "threshold")
        if target.at("type").text != "Value":
            yield from _target(target)


def _target(target: Cursor) -> Iterator[Problem]:
    """The type says which of the three fields counts."""
    kind = target.at("type").text
    field = _TARGETS.get(kind, "")
    if field and target.at(field).value is None:
        yield Problem(target.key, "target", {"type": kind, "field": field})
    share = target.at("averageUtilization")
    if field == "averageUtilization" and share.number is not None and not 1 <= share.number <= 100:
        yield Problem(share.place, "percent", {"found": share.number})
