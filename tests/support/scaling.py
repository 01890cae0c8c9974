# SPDX-License-Identifier: Apache-2.0
"""Models with the trait `autoscaler`, and how many pods they have."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from support.eventually import eventually
from support.kube import rolled_out
from support.models import served_python
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support.kube import Kube, Object

MOST = 4
HEALTHY_S = 120
UP_S, DOWN_S = 30, 60
SMALL = {"requests": {"cpu": "20m", "memory": "64Mi"}}
"""Without requests a pod uses 2m."""
FAST = {"scaleDown": {"stabilizationWindowSeconds": 0}}
"""Kubernetes would wait for five minutes before it takes pods away."""


def autoscaled(
    name: str, metrics: Object, properties: Mapping[str, object], **trait: object
) -> Object:
    """The Application of a small model with 1 to MOST pods."""
    small = {"resources": SMALL, "metrics": {}, "drainDelaySeconds": 1}
    made = application(name, small | dict(properties))
    made["spec"]["components"][0]["traits"] = [autoscaler(metrics, **trait)]
    return made


def autoscaler(metrics: Object, **properties: object) -> Object:
    scaling = {"maxReplicas": MOST, "metrics": metrics, "behavior": FAST, **properties}
    return {"type": "autoscaler", "properties": scaling}


def python(claim: str) -> dict[str, object]:
    """Properties of the Python model in that claim; each request runs by itself."""
    return served_python(f"pvc://{claim}") | {"batching": {"maxBatchSize": 1}}


def lasting(seconds: float) -> bytes:
    """A request to a sleeping or computing model."""
    tensor = {"name": "seconds", "datatype": "FP64", "shape": [1], "data": [seconds]}
    return json.dumps({"inputs": [tensor]}).encode()


def read_fast(address: str) -> Object:
    """The trait's `prometheus`: rates of the last seconds."""
    return {"address": address, "pollingSeconds": 2, "windowSeconds": 10}


def until_healthy(kube: Kube, name: str) -> None:
    seen = partial(kube.get, "Application", name)
    eventually(seen, lambda seen: phase(seen) == "running", HEALTHY_S, f"{name} is healthy")


class Count(NamedTuple):
    """Of pods; those that are ending do not count."""

    wanted: int
    ready: int
    settled: bool


class Scaled:
    """The pods of a model, but for those of its transformer."""

    def __init__(self, kube: Kube, name: str) -> None:
        self._kube, self._name = kube, name

    def count(self) -> Count:
        deployment = self._kube.get("Deployment", f"{self._name}-predictor")
        ready = deployment["status"].get("readyReplicas", 0)
        return Count(deployment["spec"]["replicas"], ready, rolled_out(deployment))

    def seconds_to(self, pods: int, timeout_s: float) -> float:
        """Until so many are ready, and no others are there."""
        start = time.monotonic()
        good = Count(pods, pods, settled=True)
        eventually(self.count, lambda seen: seen == good, timeout_s, f"{self._name} has {good}")
        return time.monotonic() - start
