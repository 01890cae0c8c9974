# SPDX-License-Identifier: Apache-2.0
"""A changed model is released step by step, or taken back, while requests are answered."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from support.eventually import eventually
from support.gateway import Reading
from support.load import Load
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "released"
PER_SECOND = 10
SETTLED_S = 180
# A folder of one version is served as version 1; of several versions the newest is served.
OLD, NEW = "pvc://models/digits/onnx/1", "pvc://models/digits/onnx"
POLICY = {"weights": [10, 50], "stepSeconds": 4, "timeoutSeconds": 120}
WHOLE = [1]  # the API server's weight of a backend that has none
RELEASE = {"name": "release", "type": "canary-release", "properties": {"component": NAME}}


def released(policy: Object, steps: list[Object] | None = None, **more: Any) -> Object:  # Any: YAML
    """The Application with its old model."""
    properties = {"modelUri": OLD, "metrics": {}, **more}
    made = application(NAME, properties, workflow={"steps": steps or [RELEASE]})
    traits = [{"type": "canary", "properties": POLICY | policy}]
    made["spec"]["components"][0]["traits"] = traits
    return made


def changed(old: Object, properties: Object) -> Object:
    new = copy.deepcopy(old)
    new["spec"]["components"][0]["properties"] |= properties
    return new


class Release:
    """What is seen of it from outside."""

    def __init__(self, kube: Kube) -> None:
        self._kube = kube

    def said(self) -> str:
        """By the workflow's steps that have not succeeded, or else by all."""
        status = self._application().get("status", {})
        steps = status.get("workflow", {}).get("steps", [])
        open_ = [each for each in steps if each["phase"] != "succeeded"]
        return "; ".join(f"{each['phase']}: {each.get('message', '')}" for each in open_ or steps)

    def weights(self) -> list[int]:
        route = self._kube.get("HTTPRoute", NAME)
        return [each["weight"] for each in route["spec"]["rules"][-1]["backendRefs"]]

    def canary(self) -> Object | None:
        return self._kube.find("InferenceService", f"{NAME}-canary")

    def _application(self) -> Object:
        return self._kube.get("Application", NAME)


@pytest.fixture
def release(kube: Kube) -> Release:
    return Release(kube)


@pytest.fixture
def update(deploy: Deploy, kube: Kube, release: Release) -> Callable[[Object, str], str]:
    """Hands in an Application and waits until its workflow says, or ends with, what is wanted."""

    def update(wanted: Object, until: str) -> str:
        found = kube.find("Application", NAME)
        before = _revision(found)
        deploy(wanted)
        started = partial(kube.get, "Application", NAME)
        eventually(started, lambda seen: _revision(seen) != before, 30, "a new revision is there")
        return eventually(release.said, lambda said: until in said, SETTLED_S, f"it says {until}")

    return update


def _revision(seen: Object | None) -> Any:  # Any: JSON
    return seen and seen.get("status", {}).get("workflow", {}).get("appRevision")


def test_release_under_load_loses_nothing(
    update: Callable[[Object, str], str],
    release: Release,
    model: Callable[[str], Model],
    prometheus: Prometheus,
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks = [
        {"metric": "errorPercent", "max": 1},
        {"metric": "latencyMilliseconds", "max": 1000, "maxRatioToStable": 1000},
    ]
    policy = {"prometheus": prometheus.address, "checks": checks, "minRequests": 5}
    first = released(policy | {"stepSeconds": 8}, minReplicas=2)
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        said = update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        assert release.weights() == [90, 10], said
        eventually(release.said, lambda said: "errorPercent 0" in said, 60, "checks are made")
        eventually(release.said, lambda said: "is as it is wanted" in said, SETTLED_S, "released")
        count = len(grpc.answers) + PER_SECOND
        eventually(lambda: len(grpc.answers), lambda now: now > count, 30, "the load runs on")
    assert release.weights() == WHOLE
    assert release.canary() is None
    for wire in (rest, grpc):
        assert wire.failures == []
        assert set(wire.answers) == {Reading(4, "1"), Reading(4, "2")}
        assert wire.answers[-1] == Reading(4, "2")
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\nrelease with 2 replicas at {2 * PER_SECOND} requests/s: {sent} answered, 0 lost")


def test_bad_releases_are_taken_back(
    update: Callable[[Object, str], str],
    release: Release,
    model: Callable[[str], Model],
    prometheus: Prometheus,
) -> None:
    """One after the other: a release after one that was taken back starts from what answers."""
    too_fast = [{"metric": "latencyMilliseconds", "max": 0.001}]
    first = released({"prometheus": prometheus.address, "checks": too_fast, "minRequests": 5})
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as load:
        nothing = update(changed(first, {"modelUri": "pvc://models/nothing"}), "taken back")
        assert nothing.startswith("failed: taken back at 0 %: ")
        assert "no model found: looked for /mnt/models/" in nothing
        _as_before(release)
        slow = update(changed(first, {"modelUri": NEW}), "taken back")
        assert slow.startswith("failed: taken back at 10 %: latencyMilliseconds p95 ")
        _as_before(release)
        count = len(load.answers) + PER_SECOND
        eventually(lambda: len(load.answers), lambda now: now > count, 30, "the load runs on")
    assert load.failures == []
    assert load.answers[-PER_SECOND:] == [Reading(4, "1")] * PER_SECOND


def _as_before(release: Release) -> None:
    eventually(release.canary, lambda seen: seen is None, 60, "the canary is gone")
    assert release.weights() == WHOLE


def test_changes_meanwhile(
    update: Callable[[Object, str], str], release: Release, model: Callable[[str], Model]
) -> None:
    """Another model takes the canary's place, without requests at first; the old one ends it."""
    first = released({"stepSeconds": 3600})
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as load:
        update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        update(changed(first, {"modelUri": NEW, "logLevel": "debug"}), "starting the canary")
        assert release.weights() == WHOLE
        eventually(release.said, lambda said: "canary at 10 %" in said, SETTLED_S, "and again")
        update(first, "is as it is wanted")
        _as_before(release)
    assert load.failures == []
    assert set(load.answers) == {Reading(4, "1"), Reading(4, "2")}


def test_approval_by_hand(
    update: Callable[[Object, str], str], release: Release, vela: Vela, kube: Kube
) -> None:
    steps: list[Object] = [
        RELEASE | {"name": "try", "properties": {"component": NAME, "until": 10}},
        {"name": "approve", "type": "suspend"},
        RELEASE,
    ]
    first = released({}, steps, drainDelaySeconds=0)
    update(first, "suspend")
    vela.succeed("workflow", "resume", NAME)
    eventually(partial(kube.get, "Application", NAME), _runs, SETTLED_S, "the old model is there")
    update(changed(first, {"modelUri": NEW}), "suspend")
    assert release.weights() == [90, 10]
    vela.succeed("workflow", "resume", NAME)
    eventually(partial(kube.get, "Application", NAME), _runs, SETTLED_S, "the new model is there")
    [deployed] = kube.matching("InferenceService", f"app.oam.dev/name={NAME}")
    assert deployed["spec"]["predictor"]["model"]["storageUri"] == NEW
    assert release.weights() == WHOLE


def _runs(seen: Object) -> bool:
    return phase(seen) == "running"


def test_step_says_what_keeps_a_model(
    update: Callable[[Object, str], str], vela: Vela, kube: Kube
) -> None:
    step = RELEASE | {"type": "await-model"}
    first = released({}, [step], drainDelaySeconds=0)
    update(changed(first, {"resources": {"requests": {"cpu": 1000}}}), "finds no node")
    assert "Insufficient cpu" in vela.succeed("status", NAME)
    update(changed(first, {"modelUri": "pvc://models/nothing"}), "no model found: looked for")
    update(first, "is as it is wanted")
    eventually(partial(kube.get, "Application", NAME), _runs, SETTLED_S, "mended, it is healthy")
