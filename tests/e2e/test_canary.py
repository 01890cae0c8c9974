# SPDX-License-Identifier: Apache-2.0
"""A changed model is released step by step, or taken back, while requests are answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.gateway import Reading
from support.load import Load
from support.release import NEW, SETTLED_S, WHOLE, Release, changed, released, step
from support.vela import phase
from support.watch import Watch, assert_in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "released"
PER_SECOND = 10
WATCHED = r"(\d+ of 8 s, )?(\d+ requests \(min 5\)|.* has no value).*"
SAID = [
    r"succeeded: released is as it is wanted, 2 of 2 pods available",
    r"running: (starting the canary|canary at 0 %, 0 of 1 pods available.*)",
    r"running: canary to 10 %",
    rf"running: canary at 10 %, {WATCHED}",
    r"running: canary to 50 %",
    rf"running: canary at 50 %, {WATCHED}",
    r"running: canary at 50 %, 1 of [12] pods available.*",
    r"running: canary to 100 %",
    rf"running: canary at 100 %, {WATCHED}",
    r"running: promoting, released is changed behind its canary",
    r"running: promoting, the canary has 100 % of the requests until released is ready: .*",
    r"running: released is ready and takes all requests back",
    r"running: (removing the canary|waiting for released, .*)",
    r"succeeded: released is as it is wanted, 2 of 2 pods available",
]
"""What the user reads during a release, in this order."""


@pytest.fixture
def release(kube: Kube) -> Release:
    return Release(kube, NAME)


def test_release_under_load_loses_nothing(
    update: Update,
    release: Release,
    model: Callable[[str], Model],
    prometheus: Prometheus,
    vela: Vela,
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks = [
        {"metric": "errorPercent", "max": 1},
        {"metric": "latencyMilliseconds", "max": 20_000, "maxRatioToStable": 1000},
    ]
    policy = {"prometheus": prometheus.address, "checks": checks, "minRequests": 5}
    first = released(NAME, policy | {"stepSeconds": 8}, minReplicas=2)
    update(first, "is as it is wanted")
    wires = model(NAME)
    load = Load(wires.json, PER_SECOND), Load(wires.grpc, PER_SECOND)
    with Watch(release) as watch, load[0] as rest, load[1] as grpc:
        said = update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        assert release.weights() == [90, 10], said
        release.says("errorPercent 0")
        assert "message: canary at " in vela.succeed("status", NAME)
        release.says("is as it is wanted")
        grpc.go_on(PER_SECOND)
    assert release.weights() == WHOLE
    assert release.canary() is None
    for wire in (rest, grpc):
        assert wire.failures == []
        assert set(wire.answers) == {Reading(4, "1"), Reading(4, "2")}
        assert wire.answers[-1] == Reading(4, "2")
    assert_in_order(watch.messages(), SAID)
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\nrelease with 2 replicas at {2 * PER_SECOND} requests/s: {sent} answered, 0 lost")


def test_bad_releases_are_taken_back(
    update: Update,
    release: Release,
    model: Callable[[str], Model],
    prometheus: Prometheus,
) -> None:
    """One after the other: a release after one that was taken back starts from what answers."""
    too_fast = [{"metric": "latencyMilliseconds", "max": 0.001}]
    first = released(NAME, {"prometheus": prometheus.address, "checks": too_fast, "minRequests": 5})
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as load:
        nothing = update(changed(first, {"modelUri": "pvc://models/nothing"}), "taken back")
        assert nothing.startswith("failed: taken back at 0 %: ")
        assert "no model found: looked for /mnt/models/" in nothing
        release.is_as_before()
        slow = update(changed(first, {"modelUri": NEW}), "taken back")
        assert slow.startswith("failed: taken back at 10 %: latencyMilliseconds p95 ")
        release.is_as_before()
        load.go_on(PER_SECOND)
    assert load.failures == []
    assert load.answers[-PER_SECOND:] == [Reading(4, "1")] * PER_SECOND


def test_changes_meanwhile(update: Update, release: Release, model: Callable[[str], Model]) -> None:
    """Another model takes the canary's place, without requests at first; the old one ends it."""
    first = released(NAME, {"stepSeconds": 3600})
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as load:
        update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        update(changed(first, {"modelUri": NEW, "logLevel": "debug"}), "starting the canary")
        assert release.weights() == WHOLE
        eventually(release.said, lambda said: "canary at 10 %" in said, SETTLED_S, "and again")
        update(first, "is as it is wanted")
        release.is_as_before()
    assert load.failures == []
    assert set(load.answers) == {Reading(4, "1"), Reading(4, "2")}


def test_approval_by_hand(update: Update, release: Release, vela: Vela, kube: Kube) -> None:
    steps: list[Object] = [
        step(NAME, "try", until=10),
        {"name": "approve", "type": "suspend"},
        step(NAME),
    ]
    first = released(NAME, {}, steps, drainDelaySeconds=0)
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
