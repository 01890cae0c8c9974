# SPDX-License-Identifier: Apache-2.0
"""How many pods there are: what is written, or what a scaler makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_COUNTED = frozenset({"Deployment", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet"})
_SERVING = ("predictor", "transformer", "explainer")


# The fields for the fewest and the most, each with what holds where it is not written.
_SCALERS: Mapping[str, tuple[tuple[str, int], tuple[str, int]]] = {
    "HorizontalPodAutoscaler": (("minReplicas", 1), ("maxReplicas", 1)),
    "ScaledObject": (("minReplicaCount", 0), ("maxReplicaCount", 100)),
}


class Counts(NamedTuple):
    """The fewest and the most pods, of what, and the field that says the fewest."""

    fewest: int
    most: int
    part: str
    at: Cursor


def counts_of(pod: Pod, beside: Beside) -> Counts | None:
    """None where a number is no matter: a pod on each node, a pod for a job."""
    if pod.role not in _SERVING and pod.manifest.kind not in _COUNTED:
        return None
    part = pod.role if pod.role in _SERVING else f"{pod.manifest.kind} {pod.manifest.name}"
    scaler = next(beside.scaling(*_target(pod)), None)
    if scaler is None:
        return _counts(part, pod.replicas, 1, pod.spec.at("maxReplicas"), 0)
    (low, fewest), (high, most) = _SCALERS[scaler.kind]
    return _counts(part, scaler.spec.at(low), fewest, scaler.spec.at(high), most)


def _counts(part: str, low: Cursor, fewest: int, high: Cursor, most: int) -> Counts:
    least = fewest if low.number is None else low.number
    return Counts(least, max(least, most if high.number is None else high.number), part, low)


def _target(pod: Pod) -> tuple[str, str, str]:
    """What a scaler would name; KServe makes a Deployment for each part of an InferenceService."""
    manifest = pod.manifest
    if pod.role in _SERVING:
        return "Deployment", f"{manifest.name}-{pod.role}", manifest.namespace
    return manifest.kind, manifest.name, manifest.namespace
