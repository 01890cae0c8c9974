# SPDX-License-Identifier: Apache-2.0
"""The Deployments that KServe makes of an InferenceService."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.rules.relations.places import name_of

if TYPE_CHECKING:
    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod
    from velaserve_lint.references.reference import Reference
    from velaserve_lint.run import Run

_MODE = "serving.kserve.io/deploymentMode"
_CLASS = "serving.kserve.io/autoscalerClass"
_STANDARD = ("Standard", "RawDeployment")


class ScaledByKServe(NamedTuple):
    """Which class scales a Deployment, and where that is said or would be."""

    scaler: str
    place: Place


def scaled_by_kserve(run: Run, target: Reference) -> ScaledByKServe | None:
    """None where KServe leaves the number of pods alone, or where one cannot know."""
    name, _, role = target.name.rpartition("-")
    services = run.index.meant(target._replace(kinds=("InferenceService",), name=name))
    for service in services if target.kinds == ("Deployment",) else ():
        for pod in pods_of(service):
            scaler = class_of(pod)
            if pod.role == role and is_standard(pod) and scaler != "external":
                at = pod.annotations.get(_CLASS)
                return ScaledByKServe(scaler, at.place if at else name_of(service))
    return None


def is_standard(pod: Pod) -> bool:
    """Whether the mode is written: without it, the cluster's configuration decides."""
    return pod.manifest.annotations.at(_MODE).text in _STANDARD


def class_of(pod: Pod) -> str:
    """What scales the component: an HPA where nothing is said."""
    return at.text if (at := pod.annotations.get(_CLASS)) else "hpa"
