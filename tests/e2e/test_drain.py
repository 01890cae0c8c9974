# SPDX-License-Identifier: Apache-2.0
"""A drain takes pods one at a time, as `high-availability` has it, and no request is lost.

By the evictions that `kubectl drain` asks for, and without closing the node, which is the only one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

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

pytestmark = pytest.mark.e2e

PER_SECOND = 20
SETTLED_S = 120
TAKEN, MUST_WAIT = 201, 429


def drained(name: str, **properties: object) -> Object:
    made = application(name, properties)
    made["spec"]["components"][0]["traits"] = [{"type": "high-availability"}]
    return made


def ready(kube: Kube, name: str) -> list[str]:
    """The names of the pods that answer and are to stay."""
    pods = kube.matching("Pod", f"serving.kserve.io/inferenceservice={name}")
    staying = [pod for pod in pods if "deletionTimestamp" not in pod["metadata"]]
    return sorted(pod["metadata"]["name"] for pod in staying if _is_ready(pod))


def _is_ready(pod: Object) -> bool:
    conditions = pod["status"].get("conditions", [])
    return ("Ready", "True") in [(each["type"], each["status"]) for each in conditions]


def _allowed(budget: Object) -> int:
    return int(budget.get("status", {}).get("disruptionsAllowed", 0))


def healthy(kube: Kube, name: str) -> None:
    see = partial(kube.get, "Application", name)
    eventually(see, lambda seen: phase(seen) == "running", SETTLED_S, f"{name} is healthy")


def test_two_pods_are_taken_one_after_the_other(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], capsys: pytest.CaptureFixture[str]
) -> None:
    name = "drained"
    deploy(drained(name, minReplicas=2))
    healthy(kube, name)
    wires = model(name)
    see = partial(ready, kube, name)
    first, second = eventually(see, lambda pods: len(pods) == 2, SETTLED_S, "two pods are ready")
    budget = partial(kube.get, "PodDisruptionBudget", f"{name}-availability")
    eventually(budget, lambda seen: _allowed(seen) == 1, SETTLED_S, "the budget allows one")
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        _runs_on(grpc)
        assert kube.evict(first) == TAKEN
        assert kube.evict(second) == MUST_WAIT
        again = partial(kube.evict, second)
        eventually(again, lambda status: status == TAKEN, SETTLED_S, "the second one may go")
        assert set(see()) - {first, second}, "what takes its place was ready before"
        eventually(see, lambda pods: len(pods) == 2, SETTLED_S, "two other pods are ready")
        _runs_on(grpc)
    for wire in (rest, grpc):
        assert wire.failures == []
        assert set(wire.answers) == {Reading(4, "2")}
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\ndrain of 2 pods at {2 * PER_SECOND} requests/s: {sent} answered, 0 lost")


def _runs_on(load: Load[Reading]) -> None:
    load.go_on(PER_SECOND)


@pytest.mark.long
def test_of_one_pod_nothing_holds_up_a_drain(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], capsys: pytest.CaptureFixture[str]
) -> None:
    name = "drained-alone"
    deploy(drained(name, minReplicas=1))
    healthy(kube, name)
    assert kube.find("PodDisruptionBudget", f"{name}-availability") is None
    wires = model(name)
    [only] = ready(kube, name)
    with Load(wires.json, PER_SECOND) as load:
        assert kube.evict(only) == TAKEN
        see = partial(ready, kube, name)
        eventually(see, lambda pods: pods not in ([], [only]), SETTLED_S, "another pod is ready")
        _runs_on(load)
    with capsys.disabled():
        print(f"\ndrain of the only pod: {load.gap_s:.1f} s without answers")
