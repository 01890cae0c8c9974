# SPDX-License-Identifier: Apache-2.0
"""Fields of a pod that Knative takes only with a flag of its ConfigMap config-features."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.place import Place

# knative.dev/serving v0.48.1 pkg/apis/config/features.go: those that are disabled by default.
_PLACEMENT = ("schedulerName", "runtimeClassName", "nodeSelector", "affinity", "tolerations")
_VOLUMES = {
    "hostPath": "volumes-hostpath",
    "persistentVolumeClaim": "persistent-volume-claim",
    "csi": "volumes-csi",
}


def flagged(demand: Demand) -> Iterator[tuple[str, str, Place]]:
    """Each such field with its flag."""
    for field in _PLACEMENT:
        if (said := demand.placement.at(field)).value is not None:
            yield field, _flag(field.lower()), said.key
    if demand.security.mapping:
        yield "securityContext", _flag("securitycontext"), demand.security.key
    for volume in demand.volumes.items():
        for kind, flag in _VOLUMES.items():
            if kind in volume.mapping:
                yield kind, _flag(flag), volume.at(kind).key
    for consumer in demand.users:
        for variable in consumer.env.values():
            if (said := variable.source.at("fieldRef")).mapping:
                yield "fieldRef", _flag("fieldref"), said.key


def _flag(name: str) -> str:
    return f"kubernetes.podspec-{name}"
