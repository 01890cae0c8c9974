# SPDX-License-Identifier: Apache-2.0
"""Another model under load: with two replicas nobody notices; alone in its place, it is missed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.gateway import Reading
from support.kube import rolled_out
from support.load import Load
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube

pytestmark = pytest.mark.e2e

NAME, ALONE = "updated", "alone"
PER_SECOND = 20
SETTLED_S = 180


# A folder of one version is served as version 1; of several versions the newest is served.
URIS = {"1": "pvc://models/digits/onnx/1", "2": "pvc://models/digits/onnx"}


def version(number: str) -> dict[str, object]:
    return {"modelUri": URIS[number], "minReplicas": 2}


def test_no_request_is_lost(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], capsys: pytest.CaptureFixture[str]
) -> None:
    deploy(application(NAME, version("1")))
    started = partial(kube.get, "Application", NAME)
    eventually(started, lambda seen: phase(seen) == "running", SETTLED_S, "version 1 is healthy")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        eventually(lambda: len(grpc.answers), lambda count: count > PER_SECOND, 30, "the load runs")
        deploy(application(NAME, version("2")))
        eventually(lambda: settled(kube), bool, SETTLED_S, "version 2 runs, version 1 is gone")
        grpc.go_on(PER_SECOND)
    for wire in (rest, grpc):
        assert wire.failures == []
        assert set(wire.answers) == {Reading(4, "1"), Reading(4, "2")}
        assert wire.answers[-1] == Reading(4, "2")
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\nupdate with 2 replicas at {2 * PER_SECOND} requests/s: {sent} answered, 0 lost")


def test_gap_where_no_pod_may_be_added(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], capsys: pytest.CaptureFixture[str]
) -> None:
    """As where each card is taken; docs/operations.md has the seconds."""
    in_its_place = {"deploymentStrategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}}
    deploy(application(ALONE, {"modelUri": URIS["1"], **in_its_place}))
    started = partial(kube.get, "Application", ALONE)
    eventually(started, lambda seen: phase(seen) == "running", SETTLED_S, "version 1 is healthy")
    wires = model(ALONE)
    with Load(wires.json, PER_SECOND) as load:
        eventually(lambda: len(load.answers), lambda count: count > PER_SECOND, 30, "the load runs")
        deploy(application(ALONE, {"modelUri": URIS["2"], **in_its_place}))
        eventually(lambda: settled(kube, ALONE, 1), bool, SETTLED_S, "version 2 runs")
        load.go_on(PER_SECOND)
    assert load.answers[-1] == Reading(4, "2")
    with capsys.disabled():
        lost = f"{len(load.failures)} requests lost in {load.gap_s:.1f} s"
        print(f"\nupdate of one pod without surge: {lost}")


def settled(kube: Kube, name: str = NAME, pods: int = 2) -> bool:
    """Whether the new pods are there and the old ones have ended."""
    deployment = kube.get("Deployment", f"{name}-predictor")
    annotations = deployment["spec"]["template"]["metadata"]["annotations"]
    uri = annotations["internal.serving.kserve.io/storage-initializer-sourceuri"]
    found = kube.matching("Pod", f"serving.kserve.io/inferenceservice={name}")
    return uri == URIS["2"] and rolled_out(deployment) and len(found) == pods
