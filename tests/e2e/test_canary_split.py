# SPDX-License-Identifier: Apache-2.0
"""The canary gets the share that it should, on both wires, also where it was never foreseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.load import Load
from support.release import NEW, OLD, SETTLED_S, Release, changed, released, step
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy, Update
    from support.gateway import Model, Reading
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "divided"
WEIGHTS = (10, 50)
COUNT, AT_A_TIME = 1000, 8
POINTS = 3
PER_SECOND = 10


def test_canary_that_is_added_gets_its_share(
    deploy: Deploy,
    update: Update,
    kube: Kube,
    model: Callable[[str], Model],
    prometheus: Prometheus,
    vela: Vela,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """To a service that had none: no pod changes, and the next model is released by it."""
    deploy(application(NAME, {"modelUri": OLD, "metrics": {}, "minReplicas": 2}))
    seen = partial(kube.get, "Application", NAME)
    eventually(seen, lambda seen: phase(seen) == "running", SETTLED_S, "it is healthy")
    before, wires = pods(kube), model(NAME)
    checks = [{"metric": "errorPercent", "max": 1}]
    policy = {"prometheus": prometheus.address, "checks": checks, "minRequests": 5}
    with Load(wires.json, PER_SECOND) as load:
        first = released(NAME, policy, minReplicas=2)
        update(first, "is as it is wanted")
        assert pods(kube) == before
        second = changed(first, {"modelUri": NEW})
        second["spec"]["workflow"]["steps"] = stopping_at(*WEIGHTS)
        update(second, "canary at 10 %")
        measured = {weight: shares_at(weight, wires, kube, vela) for weight in WEIGHTS}
        Release(kube, NAME).says("is as it is wanted")
    assert load.failures == []
    for weight, found in measured.items():
        assert found == [pytest.approx(weight, abs=POINTS)] * 2
    with capsys.disabled():
        print(f"\npercent of {COUNT} requests each by REST and gRPC: {measured}")


def pods(kube: Kube) -> set[str]:
    found = kube.matching("Pod", f"serving.kserve.io/inferenceservice={NAME}")
    return {pod["metadata"]["uid"] for pod in found}


def stopping_at(*weights: int) -> list[Object]:
    """Steps that wait at each weight, once its checks hold, until they are told to go on."""
    stops = [
        (step(NAME, f"to-{weight}", until=weight), {"name": f"at-{weight}", "type": "suspend"})
        for weight in weights
    ]
    return [*chain(*stops), step(NAME)]


def shares_at(weight: int, wires: Model, kube: Kube, vela: Vela) -> list[float]:
    """By REST and by gRPC, as soon as the release waits there; then it goes on."""
    release = Release(kube, NAME)

    def waits() -> bool:
        return release.share() == weight and "suspend" in release.said()

    eventually(waits, bool, SETTLED_S, f"it waits at {weight} %")
    found = [share(wires.json), share(wires.grpc)]
    vela.succeed("workflow", "resume", NAME)
    return found


def share(ask: Callable[[], Reading]) -> float:
    """Percent of many requests that the new version answers; each of them is answered."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        answers = list(pool.map(lambda _: ask(), range(COUNT)))
    return 100 * sum(answer.version == "2" for answer in answers) / COUNT
