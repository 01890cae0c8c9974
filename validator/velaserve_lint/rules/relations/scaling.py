# SPDX-License-Identifier: Apache-2.0
"""Autoscalers, and what they scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.references.manifest import scale_target
from velaserve_lint.rules.relations.clashes import clashes
from velaserve_lint.rules.relations.places import called, together_with
from velaserve_lint.run import once_a_run

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.reference import Reference
    from velaserve_lint.run import Run

KINDS = ("HorizontalPodAutoscaler", "ScaledObject")
SCALABLE = {
    "Deployment": "apps/v1",
    "ReplicaSet": "apps/v1",
    "ReplicationController": "v1",
    "StatefulSet": "apps/v1",
}
UNSCALABLE = frozenset({"CronJob", "DaemonSet", "InferenceService", "Job", "Pod", "Service"})


class Autoscaler(NamedTuple):
    """An HPA or a ScaledObject of KEDA; `workloads` are those of the run that it may scale."""

    manifest: Manifest
    target: Reference
    workloads: tuple[Manifest, ...]

    @property
    def takes_over(self) -> bool:
        """Whether it is a ScaledObject that replaces an HPA."""
        return "scaledobject.keda.sh/transfer-hpa-ownership" in self.manifest.annotations.mapping

    @property
    def at(self) -> Cursor:
        """Where it says what it scales."""
        return self.manifest.spec.at("scaleTargetRef", "name")


@once_a_run
def autoscalers(run: Run) -> tuple[Autoscaler, ...]:
    """Those that name what they scale."""
    return tuple(
        Autoscaler(manifest, target, run.index.meant(target))
        for manifest in run.index.of_kind(*KINDS)
        for target in scale_target(manifest)
    )


@once_a_run
def scaled(run: Run) -> frozenset[int]:
    """The identities of workloads of which the number of pods is not what they say themselves."""
    return frozenset(id(workload) for one in autoscalers(run) for workload in one.workloads)


def has_other_group(manifest: Manifest, kind: str, version: str) -> bool:
    """Whether there is no such kind in the group; to KEDA, nothing means that of Deployments."""
    found = version or ("apps/v1" if manifest.kind == "ScaledObject" else "v1")
    wanted = SCALABLE.get(kind, found)
    return found.rpartition("/")[0] != wanted.rpartition("/")[0]


def rivals(run: Run) -> Iterator[tuple[Autoscaler, Autoscaler]]:
    """Two that are applied together and scale the same."""
    alone = (one for one in autoscalers(run) if not one.takes_over)
    for other, one in clashes(alone, _meaning):
        if called(other.manifest) != called(one.manifest):
            yield other, one


def _meaning(one: Autoscaler) -> Hashable:
    return together_with(one.manifest), one.target.kinds, one.target.name
