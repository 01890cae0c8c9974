# SPDX-License-Identifier: Apache-2.0
"""Of volumes, autoscalers, alerts, and of selectors wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses.clause import Clause, has, is_one
from velaserve_lint.rules.objects.scopes import POD
from velaserve_lint.rules.objects.selectors import NODE_TERMS, SELECTORS
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor

_CLAIMS = {
    "PersistentVolumeClaim": "spec",
    "StatefulSet": "spec.volumeClaimTemplates[].spec",
    POD: "volumes[].ephemeral.volumeClaimTemplate.spec",
}
_METRICS = {
    "ContainerResource": "containerResource",
    "External": "external",
    "Object": "object",
    "Pods": "pods",
    "Resource": "resource",
}
_ALONE = Text("ReadWriteOncePod excludes every other mode", "ReadWriteOncePod 与其他模式互斥")
_HOW = Text("a volume is claimed with at least one mode", "申请卷至少需要一种访问模式")
_SIZE = Text("a volume is claimed with a size", "申请卷必须写明大小")
_ANY = Text("the operator asks only whether the key is there", "该运算符只判断键是否存在")
_SOME = Text("the operator compares with them", "该运算符需要与之比较的值")
_MEAN = Text("metrics of pods are taken as their mean", "Pod 指标取平均值")
_RESERVED = Text("system- begins Kubernetes' own classes", "system- 开头的是 Kubernetes 自己的类")
_SYSTEM = frozenset({"system-cluster-critical", "system-node-critical"})
_RECORDS = Text("the rule records; only alerts have it", "这是记录规则；只有告警规则才有它")


def _is_mixed(claim: Cursor) -> bool:
    modes = [mode.text for mode in claim.at("accessModes").items()]
    return "ReadWriteOncePod" in modes and len(set(modes)) > 1


def _is_reserved(priority: Cursor) -> bool:
    name = priority.at("metadata", "name").text
    return name.startswith("system-") and name not in _SYSTEM


def _of_selectors(clause: Clause) -> dict[str, tuple[Clause, ...]]:
    return {
        scope: tuple(clause._replace(around=f"{path}.matchExpressions[]") for path in paths)
        for scope, paths in SELECTORS.items()
    }


def _of_nodes(clause: Clause) -> dict[str, tuple[Clause, ...]]:
    paths = (f"{path}.matchExpressions[]" for path in NODE_TERMS)
    return {POD: tuple(clause._replace(around=path) for path in paths)}


def _of_type(name: str, field: str) -> Clause:
    because = Text(f"the metric's type is {name}", f"该指标的类型为 {name}")
    return Clause("spec.metrics[]", field, because, is_one("type", name))


REFUSED: tuple[Mapping[str, tuple[Clause, ...]], ...] = (
    _of_selectors(Clause("", "values", _ANY, is_one("operator", "Exists", "DoesNotExist"))),
    _of_nodes(Clause("", "values", _ANY, is_one("operator", "Exists", "DoesNotExist"))),
    {scope: (Clause(path, "accessModes", _ALONE, _is_mixed),) for scope, path in _CLAIMS.items()},
    {
        "PriorityClass": (Clause("", "metadata.name", _RESERVED, _is_reserved),),
        "PrometheusRule": tuple(
            Clause("spec.groups[].rules[]", field, _RECORDS, has("record"))
            for field in ("for", "keep_firing_for", "annotations")
        ),
    },
)
NEEDED: tuple[Mapping[str, tuple[Clause, ...]], ...] = (
    _of_selectors(Clause("", "values", _SOME, is_one("operator", "In", "NotIn"))),
    _of_nodes(Clause("", "values", _SOME, is_one("operator", "In", "NotIn", "Gt", "Lt"))),
    {
        scope: (
            Clause(path, "accessModes", _HOW),
            Clause(path, "resources.requests.storage", _SIZE),
        )
        for scope, path in _CLAIMS.items()
    },
    {
        "HorizontalPodAutoscaler": (
            *(_of_type(name, field) for name, field in _METRICS.items()),
            Clause("spec.metrics[].pods.target", "averageValue", _MEAN),
        )
    },
)
