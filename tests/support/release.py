# SPDX-License-Identifier: Apache-2.0
"""A service whose changes are released beside it: its Application, and what is seen of that."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from support.documents import pattern
from support.eventually import eventually
from support.vela import application, phase, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.kube import Kube, Object

SETTLED_S = 300
# A folder of one version is served as version 1; of several versions the newest is served.
OLD, NEW = "pvc://models/digits/onnx/1", "pvc://models/digits/onnx"
POLICY = {"weights": [10, 50], "stepSeconds": 4, "timeoutSeconds": 120}
WHOLE = [1]  # the API server's weight of a backend that has none


def step(of: str, name: str = "release", **properties: object) -> Object:
    """Of a workflow: releases the component `of`."""
    return {"name": name, "type": "canary-release", "properties": {"component": of, **properties}}


def released(
    name: str, policy: Object, steps: list[Object] | None = None, **properties: object
) -> Object:
    """The Application with its old model."""
    model = {"modelUri": OLD, "metrics": {}, **properties}
    made = application(name, model, workflow={"steps": steps or [step(name)]})
    traits = [{"type": "canary", "properties": POLICY | policy}]
    made["spec"]["components"][0]["traits"] = traits
    return made


def changed(old: Object, properties: Object) -> Object:
    new = copy.deepcopy(old)
    new["spec"]["components"][0]["properties"] |= properties
    return new


class Release:
    """What is seen of it from outside."""

    def __init__(self, kube: Kube, name: str) -> None:
        self._kube, self.name = kube, name

    def said(self) -> str:
        """By the workflow's steps that have not succeeded, or else by all."""
        return said(self._application())

    def says(self, until: str, timeout_s: float = SETTLED_S) -> str:
        """What it says as soon as `until` is in it, if it is not taken back instead.

        An ellipsis stands for what differs.
        """
        wanted = pattern(until).search

        def settled(text: str) -> bool:
            return bool(wanted(text)) or text.startswith("failed: taken back")

        text = eventually(self.said, settled, timeout_s, f"it says {until}")
        assert wanted(text), text
        return text

    def settles(self) -> None:
        """Its workflow has ended well, and its components say that they are healthy."""
        seen = partial(self._kube.get, "Application", self.name)
        eventually(seen, lambda now: phase(now) == "running", SETTLED_S, f"{self.name} is healthy")

    def health(self) -> str:
        """What its components say."""
        return "; ".join(each.get("message", "") for each in self._status().get("services", []))

    def revision(self) -> Any:  # Any: JSON
        return self._status().get("workflow", {}).get("appRevision")

    def weights(self) -> list[int]:
        route = self._kube.get("HTTPRoute", self.name)
        return [each["weight"] for each in route["spec"]["rules"][-1]["backendRefs"]]

    def share(self) -> int:
        """Percent of the requests that the canary gets."""
        return sum(self.weights()[1:])

    def canary(self) -> Object | None:
        return self._kube.find("InferenceService", f"{self.name}-canary")

    def available(self) -> int:
        """Pods of the canary that answer."""
        found = self._kube.find("Deployment", f"{self.name}-canary-predictor") or {}
        return int(found.get("status", {}).get("availableReplicas", 0))

    def is_as_before(self) -> None:
        eventually(self.canary, lambda seen: seen is None, 60, "the canary is gone")
        assert self.weights() == WHOLE

    def _application(self) -> Object:
        return self._kube.find("Application", self.name) or {}

    def _status(self) -> Object:
        status: Object = self._application().get("status", {})
        return status


def begin(deploy: Callable[[Object], str], kube: Kube, wanted: Object) -> Release:
    """Hands it in; its workflow is about that, and no longer about what was before."""
    release = Release(kube, wanted["metadata"]["name"])
    before = release.revision()
    deploy(wanted)
    eventually(release.revision, lambda seen: seen != before, 120, "a new revision is there")
    return release


def hand_in(deploy: Callable[[Object], str], kube: Kube, wanted: Object, until: str) -> str:
    """Waits until the workflow says, or ends with, `until`; what it says then."""
    return begin(deploy, kube, wanted).says(until)
