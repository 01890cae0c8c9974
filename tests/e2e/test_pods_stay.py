# SPDX-License-Identifier: Apache-2.0
"""What does not change the model leaves its pods alone (definitions.md 5)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.kube import rolled_out
from support.pods import pods
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from e2e.conftest import Deploy
    from support.kube import Kube, Object

pytestmark = pytest.mark.e2e

NAME = "steady"
PODS = f"serving.kserve.io/inferenceservice={NAME}"
WORKFLOW: Object = {
    "steps": [{"name": "serve", "type": "apply-component", "properties": {"component": NAME}}]
}
OWNER = {"example.com/owner": "vision"}
KEPT_BACK = {"filter.oam.dev/annotation-keys": "example.com/owner"}
LEAVES_PODS_ALONE: dict[str, Object] = {
    "vela up again": {},
    "an annotation that KubeVela is told to keep": {"annotations": OWNER | KEPT_BACK},
    "publishVersion": {"annotations": {"app.oam.dev/publishVersion": "second"}},
    "a workflow step": {"workflow": WORKFLOW},
    "another host": {"properties": {"route": {"host": "steady.example.com"}}},
    "the trait canary": {"traits": [{"type": "canary", "properties": {}}]},
    "the trait network-policy": {
        "traits": [{"type": "network-policy", "properties": {"sameNamespace": True}}]
    },
    "the trait monitoring": {"traits": [{"type": "monitoring", "properties": {"alerts": {}}}]},
    "no route": {"properties": {"route": {"mode": "none"}}},
    "one more replica": {"properties": {"minReplicas": 2}},
    "the way of updates": {"properties": {"deploymentStrategy": {"type": "Recreate"}}},
}
SETTLED_S = 120


def put(deploy: Deploy, kube: Kube, traits: Sequence[Object] = (), **changes: Object) -> None:
    """`vela up`, and all that follows from it has happened."""
    wanted = application(NAME, **{"properties": {}, **changes})
    wanted["spec"]["components"][0]["traits"] = list(traits)
    deploy(wanted)
    generation = kube.get("Application", NAME)["metadata"]["generation"]
    eventually(
        partial(kube.get, "Application", NAME),
        lambda seen: phase(seen) == "running" and _seen(seen) >= generation,
        SETTLED_S,
        f"{NAME} is healthy with {changes}",
    )


def _seen(application: Object) -> int:
    return int(application["status"].get("observedGeneration", 0))


def pod_templates(kube: Kube) -> int:
    """How many there have been: a Deployment keeps a ReplicaSet for each."""
    return len(kube.matching("ReplicaSet", PODS))


def mark(deploy: Deploy, kube: Kube) -> None:
    """Change the pods on purpose: what was done before has had its effect on them by then."""
    put(deploy, kube, properties={"env": {"MARK": "1"}})
    eventually(lambda: _marked(kube), bool, SETTLED_S, "the mark is in the pods")


def _marked(kube: Kube) -> bool:
    deployment = kube.get("Deployment", f"{NAME}-predictor")
    env = deployment["spec"]["template"]["spec"]["containers"][0]["env"]
    return {"name": "MARK", "value": "1"} in env and rolled_out(deployment)


def test_what_does_not_change_the_pods_leaves_them_alone(deploy: Deploy, kube: Kube) -> None:
    put(deploy, kube)
    first = pods(kube, NAME)
    for what, change in LEAVES_PODS_ALONE.items():
        put(deploy, kube, **change)
        assert pods(kube, NAME) >= first, what
    mark(deploy, kube)
    assert pod_templates(kube) == 2, "one before the mark, one with it"


def test_annotation_reaches_the_pods_with_the_next_revision(deploy: Deploy, kube: Kube) -> None:
    """KServe copies it, and only a key that was there before can be pinned: docs/operations.md."""
    put(deploy, kube)
    first = pods(kube, NAME)
    put(deploy, kube, annotations=OWNER)
    assert pods(kube, NAME) == first
    put(deploy, kube, annotations=OWNER, workflow=WORKFLOW)
    put(deploy, kube, annotations={"example.com/owner": "speech"}, workflow=WORKFLOW)
    mark(deploy, kube)
    assert pod_templates(kube) == 3, "one before, one with the key, one with the mark"
