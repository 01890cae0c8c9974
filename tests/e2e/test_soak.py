# SPDX-License-Identifier: Apache-2.0
"""Fifty clients for half an hour, while all is done to a service that is done to services."""

from __future__ import annotations

import os
import signal
from collections import Counter
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

import pytest

from support.crowd import Crowd
from support.eventually import eventually
from support.kube import rolled_out
from support.pod_processes import processes
from support.release import NEW, OLD, Release, changed, hand_in, released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e.conftest import Deploy
    from support.gateway import Model, Reading
    from support.kube import Kube, Object

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "soaked"
SOAK_S = float(os.environ.get("VELASERVE_SOAK_S", "1800"))
CLIENTS, PAUSE_S = 50, 0.5
DONE_S = 120
NOTICED_S = 10
"""After a process was killed: its last requests are lost, and some until it is noticed."""


class Done(NamedTuple):
    """What was done, and when."""

    at_s: float
    what: str


class Life:
    """What happens to the service, one deed after the other."""

    def __init__(self, deploy: Deploy, kube: Kube) -> None:
        self._deploy, self._kube = deploy, kube
        self._wanted = released(NAME, {}, minReplicas=2)
        self._uris = cycle([NEW, OLD])
        hand_in(deploy, kube, self._wanted, "is as it is wanted")

    def deeds(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """For ever."""
        return cycle(
            [
                ("another model released", self.release),
                ("scaled up to 4", partial(self.scale, 4)),
                ("a pod deleted", self.delete_pod),
                ("a bad model taken back", self.take_back),
                ("scaled down to 2", partial(self.scale, 2)),
                ("a server killed", self.kill_server),
            ]
        )

    def release(self) -> None:
        self._wanted = changed(self._wanted, {"modelUri": next(self._uris)})
        hand_in(self._deploy, self._kube, self._wanted, "is as it is wanted")

    def take_back(self) -> None:
        bad = changed(self._wanted, {"modelUri": "pvc://models/nothing"})
        hand_in(self._deploy, self._kube, bad, "taken back")
        Release(self._kube, NAME).is_as_before()
        hand_in(self._deploy, self._kube, self._wanted, "is as it is wanted")

    def scale(self, replicas: int) -> None:
        self._wanted = changed(self._wanted, {"minReplicas": replicas})
        hand_in(self._deploy, self._kube, self._wanted, "is as it is wanted")
        self._settle(replicas)

    def delete_pod(self) -> None:
        count = len(self.pods())
        self._kube.delete("Pod", self.pods()[0]["metadata"]["name"])
        self._settle(count)

    def kill_server(self) -> None:
        pod = self.pods()[0]
        before = restarts(pod)
        for pid in processes(pod["metadata"]["uid"]):
            os.kill(pid, signal.SIGKILL)
        again = partial(self._kube.get, "Pod", pod["metadata"]["name"])
        eventually(again, lambda seen: restarts(seen) > before, DONE_S, "it is started again")
        self._settle(len(self.pods()))

    def pods(self) -> list[Object]:
        return self._kube.matching("Pod", f"serving.kserve.io/inferenceservice={NAME}")

    def _settle(self, count: int) -> None:
        deployment = partial(self._kube.get, "Deployment", f"{NAME}-predictor")
        eventually(deployment, rolled_out, DONE_S, "all pods are ready")
        eventually(self.pods, lambda pods: len(pods) == count, DONE_S, f"there are {count} pods")


def restarts(pod: Object) -> int:
    containers: list[Object] = pod["status"].get("containerStatuses", [])
    return sum(int(each["restartCount"]) for each in containers)


def test_soak(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], capsys: pytest.CaptureFixture[str]
) -> None:
    life = Life(deploy, kube)
    wires = model(NAME)
    asks = [wires.json, wires.grpc] * (CLIENTS // 2)
    done: list[Done] = []
    with Crowd(asks, PAUSE_S) as crowd:
        for what, do in life.deeds():
            done.append(Done(crowd.now_s(), what))
            do()
            if crowd.now_s() > SOAK_S:
                break
    with capsys.disabled():
        print(table(crowd, done, sum(map(restarts, life.pods()))))
    kills = [each.at_s for each in done if each.what == "a server killed"]
    unforeseen = [
        failure
        for failure in crowd.failures
        if not any(0 <= failure.sent_s - at_s + PAUSE_S <= NOTICED_S for at_s in kills)
    ]
    assert unforeseen == [], "requests are lost only where a server was killed"
    assert {answer.label for answer in crowd.answers} == {4}


def table(crowd: Crowd[Reading], done: list[Done], restarted: int) -> str:
    seconds = sorted(crowd.seconds)
    classes = Counter(failure.text[:60] for failure in crowd.failures)
    rows = [
        ("requests", f"{len(seconds) + len(crowd.failures)} in {crowd.now_s():.0f} s"),
        *((f"answered by version {each.version}", count) for each, count in crowd.answers.items()),
        *((f"lost: {text}", count) for text, count in classes.items()),
        ("milliseconds, 50 %", f"{1000 * seconds[len(seconds) // 2]:.0f}"),
        ("milliseconds, 99 %", f"{1000 * seconds[len(seconds) * 99 // 100]:.0f}"),
        *Counter(each.what for each in done).items(),
        ("restarts of the last pods' containers", restarted),
    ]
    return "\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)
