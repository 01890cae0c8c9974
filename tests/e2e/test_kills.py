# SPDX-License-Identifier: Apache-2.0
"""A pod that is deleted, and a server that is killed, under load."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.kube import rolled_out
from support.load import Load
from support.pod_processes import processes
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from ci.cluster.settings import Settings
    from e2e.conftest import Deploy
    from support.gateway import Model, Reading
    from support.kube import Kube, Object

pytestmark = pytest.mark.e2e

NAME = "killed"
PER_SECOND = 20
SETTLED_S = 120


@pytest.fixture
def answering(deploy: Deploy, kube: Kube, model: Callable[[str], Model]) -> Model:
    """A model with two replicas."""
    deploy(application(NAME, {"minReplicas": 2}))
    started = partial(kube.get, "Application", NAME)
    eventually(started, lambda seen: phase(seen) == "running", SETTLED_S, f"{NAME} is healthy")
    return model(NAME)


def test_deleted_pod_costs_no_request(
    answering: Model, kube: Kube, capsys: pytest.CaptureFixture[str]
) -> None:
    with Load(answering.json, PER_SECOND) as rest, Load(answering.grpc, PER_SECOND) as grpc:
        go_on(rest, grpc)
        gone = pods(kube)[0]["metadata"]["name"]
        kube.delete("Pod", gone)
        eventually(lambda: complete(kube, gone), bool, SETTLED_S, f"another pod instead of {gone}")
        go_on(rest, grpc)
    assert rest.failures == []
    assert grpc.failures == []
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\na pod of 2 deleted at {2 * PER_SECOND} requests/s: {sent} answered, 0 lost")


@pytest.mark.long
def test_killed_server_is_started_again(
    local: Settings, answering: Model, kube: Kube, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it was about is lost, and what comes before Kubernetes has seen it."""
    del local  # its processes are on this machine
    with Load(answering.json, PER_SECOND) as rest, Load(answering.grpc, PER_SECOND) as grpc:
        go_on(rest, grpc)
        uid = pods(kube)[0]["metadata"]["uid"]
        for process in processes(uid):
            os.kill(process, signal.SIGKILL)
        eventually(lambda: again(kube, uid), bool, SETTLED_S, "its container is started again")
        before = len(rest.failures) + len(grpc.failures)
        go_on(rest, grpc)
    lost = rest.failures + grpc.failures
    assert len(lost) == before, "it answers again, and yet requests are lost"
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers) + len(lost)
        print(f"\na server of 2 killed at {2 * PER_SECOND} requests/s: {len(lost)} of {sent} lost,")
        times_s = [each.sent_s for each in lost]
        print(f"sent within {max(times_s, default=0) - min(times_s, default=0):.1f} s")


def go_on(*loads: Load[Reading]) -> None:
    """For a second."""
    for load in loads:
        load.go_on(PER_SECOND)


def pods(kube: Kube) -> list[Object]:
    return kube.matching("Pod", f"serving.kserve.io/inferenceservice={NAME}")


def complete(kube: Kube, gone: str) -> bool:
    names = {pod["metadata"]["name"] for pod in pods(kube)}
    return gone not in names and rolled_out(kube.get("Deployment", f"{NAME}-predictor"))


def again(kube: Kube, uid: str) -> bool:
    [pod] = [pod for pod in pods(kube) if pod["metadata"]["uid"] == uid]
    return all(
        each["restartCount"] == 1 and each["ready"] for each in pod["status"]["containerStatuses"]
    )
