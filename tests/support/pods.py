# SPDX-License-Identifier: Apache-2.0
"""The pods of a model: whether they are still the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from support.kube import Kube, Object


class Pod(NamedTuple):
    """A pod, and how often its containers were restarted."""

    uid: str
    restarts: int


def pods(kube: Kube, service: str, component: str = "predictor") -> set[Pod]:
    selector = f"serving.kserve.io/inferenceservice={service},component={component}"
    return {
        Pod(pod["metadata"]["uid"], sum(each["restartCount"] for each in _containers(pod)))
        for pod in kube.matching("Pod", selector)
    }


def _containers(pod: Object) -> list[Object]:
    found: list[Object] = pod["status"].get("containerStatuses", [])
    return found
