# SPDX-License-Identifier: Apache-2.0
"""Claims that only one node mounts at a time, and the pods that share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.references.manifest import references_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.references.reference import Reference
    from velaserve_lint.run import Run

_CLAIM = ("PersistentVolumeClaim",)
_SINGLE = frozenset({"ReadWriteOnce", "ReadWriteOncePod"})
_HOST = "kubernetes.io/hostname"


class Shared(NamedTuple):
    """A claim that pods of a workload share: always, or in an update only."""

    claim: Manifest
    needed: Reference
    workload: Manifest
    in_update: bool


def shared_claims(run: Run) -> Iterator[Shared]:
    """Where the run defines the claim, and the pods may come to several nodes."""
    for workload in run.manifests:
        pods = [pod for pod in pods_of(workload) if not _is_bound(pod)]
        several = any(map(_are_several, pods))
        if several or (pods and _surges(run, workload)):
            for needed in references_of(workload):
                claims = run.index.meant(needed) if needed.kinds == _CLAIM else ()
                if claims and all(map(_is_single, claims)):
                    yield Shared(claims[0], needed, workload, in_update=not several)


def _is_single(claim: Manifest) -> bool:
    modes = {mode.text for mode in claim.spec.at("accessModes").items()}
    return bool(modes) and modes <= _SINGLE


def _is_bound(pod: Pod) -> bool:
    """Whether all its pods come to one node."""
    spec = pod.spec
    affinity = spec.at("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    on_host = _HOST in spec.at("nodeSelector").mapping
    return bool(spec.at("nodeName").text or on_host or affinity.value)


def _are_several(pod: Pod) -> bool:
    return pod.manifest.kind == "DaemonSet" or (pod.replicas.number or 0) > 1


def _surges(run: Run, workload: Manifest) -> bool:
    """Whether a Deployment starts the next pod before the last has ended; a patch may say no."""
    same = run.index.namesakes(workload) if workload.kind == "Deployment" else ()
    return bool(same) and not any(map(_waits, same))


def _waits(deployment: Manifest) -> bool:
    strategy = deployment.spec.at("strategy")
    surge = strategy.at("rollingUpdate", "maxSurge").value
    rolls = strategy.at("type").text in ("", "RollingUpdate")
    return not rolls or surge in (0, "0", "0%") or deployment.spec.at("replicas").value == 0
