# SPDX-License-Identifier: Apache-2.0
"""Of what runs pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses.clause import Clause, is_none, is_one
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor

_SETS = ("DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_TEMPLATES = dict.fromkeys((*_SETS, "Job"), "spec.template.spec") | {
    "CronJob": "spec.jobTemplate.spec.template.spec"
}
_JOBS = {"Job": "spec", "CronJob": "spec.jobTemplate.spec"}

_FOR_EVER = Text("its pods run until they are deleted", "其 Pod 会一直运行，直到被删除")
_OF_PODS = Text("it is a field of the pod, one level up", "它是 Pod 的字段，应在上一级")
_DEBUGGING = Text("such containers are added to running pods only", "此类容器只能加入运行中的 Pod")
_ALL_AT_ONCE = Text("the type Recreate replaces all pods at once", "Recreate 会一次替换所有 Pod")
_BY_HAND = Text("with the type OnDelete nothing is rolled out", "OnDelete 不会滚动更新")
_INDEXED = Text("completionMode is not Indexed", "completionMode 不是 Indexed")
_INDEXES = Text("an Indexed Job has a pod for each index", "Indexed Job 的每个索引对应一个 Pod")
_GENERATED = Text("the Job makes its own selector", "Job 会自行生成选择算符")
_IMAGE = Text("every container runs one", "每个容器都需要镜像")


def _selects_by_itself(job: Cursor) -> bool:
    return job.at("manualSelector").value is not True


def _of_template(kind: str, path: str) -> tuple[Clause, ...]:
    """A bare pod may have all of that, but for the first."""
    mine = Clause(f"{path}.containers[]", "restartPolicy", _OF_PODS, until=(1, 35))
    debugging = Clause(path, "ephemeralContainers", _DEBUGGING)
    deadline = Clause(path, "activeDeadlineSeconds", _FOR_EVER)
    return (mine, debugging, *((deadline,) if kind in _SETS else ()))


def _of_job(path: str) -> tuple[Clause, ...]:
    other = is_none("completionMode", "Indexed")
    fields = ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")
    indexed = (Clause(path, field, _INDEXED, other) for field in fields)
    return (*indexed, Clause(path, "selector.matchLabels", _GENERATED, _selects_by_itself))


def _refused() -> Mapping[str, tuple[Clause, ...]]:
    of = {kind: _of_template(kind, path) for kind, path in _TEMPLATES.items()}
    of |= {kind: (*of[kind], *_of_job(path)) for kind, path in _JOBS.items()}
    recreate = Clause("spec.strategy", "rollingUpdate", _ALL_AT_ONCE, is_one("type", "Recreate"))
    on_delete = Clause("spec.updateStrategy", "rollingUpdate", _BY_HAND, is_one("type", "OnDelete"))
    of["Deployment"] += (recreate,)
    of["StatefulSet"] += (on_delete,)
    return of | {"Pod": (Clause("spec.containers[]", "restartPolicy", _OF_PODS, until=(1, 35)),)}


def _needed() -> Mapping[str, tuple[Clause, ...]]:
    of = {
        kind: tuple(Clause(f"{path}.{list_}[]", "image", _IMAGE) for list_ in _LISTS)
        for kind, path in (_TEMPLATES | {"Pod": "spec"}).items()
    }
    for kind, path in _JOBS.items():
        of[kind] += (Clause(path, "completions", _INDEXES, is_one("completionMode", "Indexed")),)
    return of


_LISTS = ("containers", "initContainers")
REFUSED = _refused()
NEEDED = _needed()
