# SPDX-License-Identifier: Apache-2.0
"""The CPU, memory and other resources that autoscalers follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.rules.relations.scaling import autoscalers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rules.relations.scaling import Autoscaler
    from velaserve_lint.run import Run

MEASURED = frozenset({"cpu", "memory"})
_FIELDS = {"ContainerResource": "containerResource", "Resource": "resource"}


class ResourceMetric(NamedTuple):
    """A resource of all containers of a pod, or of one; `is_share`: in percent of the request."""

    resource: str
    container: str
    is_share: bool
    at: Cursor
    container_at: Cursor


def followed(run: Run) -> Iterator[tuple[Autoscaler, ResourceMetric]]:
    """Each resource that an HPA of any version or a ScaledObject follows."""
    for one in autoscalers(run):
        of_kind = _of_triggers if one.manifest.kind == "ScaledObject" else _of_hpa
        for metric in of_kind(one.manifest):
            yield one, metric


def _of_hpa(manifest: Manifest) -> Iterator[ResourceMetric]:
    if (old := manifest.spec.at("targetCPUUtilizationPercentage")).number is not None:
        yield ResourceMetric("cpu", "", is_share=True, at=old, container_at=old)
    for metric in manifest.spec.at("metrics").items():
        at = metric.at(_FIELDS.get(metric.at("type").text, ""))
        if name := at.at("name").text:
            is_share = at.at("target", "type").text == "Utilization"
            container = at.at("container")
            yield ResourceMetric(name, container.text, is_share, at.at("name"), container)


def _of_triggers(manifest: Manifest) -> Iterator[ResourceMetric]:
    """KEDA v2.18 pkg/scalers/cpu_memory_scaler.go: Utilization is what is meant by default."""
    for trigger in manifest.spec.at("triggers").items():
        if (at := trigger.at("type")).text in ("cpu", "memory"):
            kind = trigger.at("metricType").text or trigger.at("metadata", "type").text
            container = trigger.at("metadata", "containerName")
            yield ResourceMetric(at.text, container.text, kind == "Utilization", at, container)


def without_request(run: Run, one: Autoscaler, metric: ResourceMetric) -> Iterator[Container]:
    """The containers which the metric is about, but which nowhere request of the resource."""
    if not metric.is_share or metric.resource not in MEASURED:
        return
    pods = [pod for same in run.index.definitions(one.target) for pod in pods_of(same)]
    asking = {each.name for pod in pods for each in pod.main if _requests(each.at, metric.resource)}
    if any(_requests(pod.spec, metric.resource) for pod in pods):
        return
    for workload in one.workloads:
        for pod in pods_of(workload):
            for each in pod.main:
                if metric.container in ("", each.name) and each.name not in asking:
                    yield each


def container_names(run: Run, one: Autoscaler) -> list[str]:
    """Of all that may be scaled."""
    workloads = run.index.definitions(one.target)
    names = {each.name for same in workloads for pod in pods_of(same) for each in pod.containers}
    return sorted(names)


def _requests(at: Cursor, resource: str) -> bool:
    """Whether a container or a pod requests it: a limit is a request, too."""
    return any(resource in at.at("resources", side).mapping for side in ("requests", "limits"))
