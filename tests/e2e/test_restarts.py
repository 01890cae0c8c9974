# SPDX-License-Identifier: Apache-2.0
"""Programs of the cluster are killed under load: what was begun ends well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ci.cluster.cluster import Cluster
from support.eventually import eventually
from support.gateway import Reading
from support.kube import rolled_out
from support.load import Load
from support.release import NEW, Release, begin, changed, released
from support.vela import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from ci.cluster.settings import Settings
    from e2e.conftest import Deploy, Update
    from support.gateway import Model
    from support.kube import Kube

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "restarted"
PER_SECOND = 10
SETTLED_S = 180
PODS = f"serving.kserve.io/inferenceservice={NAME}"


@pytest.mark.parametrize("program", ["vela-core", "kserve-manager", "kube-apiserver"])
def test_release_goes_on(
    program: str,
    restart: Callable[[str], None],
    local: Settings,
    update: Update,
    kube: Kube,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, release = released(NAME, {"stepSeconds": 10}, minReplicas=2), Release(kube, NAME)
    update(first, "is as it is wanted")
    wires = model(NAME)
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        restart(program)
        release.says("is as it is wanted")
        grpc.go_on(PER_SECOND)
    release.is_as_before()
    assert [each.name for each in Cluster(local).daemons.all() if not each.runs] == []
    for wire in (rest, grpc):
        assert wire.failures == []
        assert wire.answers[-1] == Reading(4, "2")
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(f"\n{program} killed in mid-canary: promoted, {sent} answered, 0 lost")


def test_kubelet(
    restart: Callable[[str], None],
    deploy: Deploy,
    kube: Kube,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Pods run on, and a new one starts.

    Until it has asked their probes again, a new kubelet says of all that they are not ready, and
    the gateway passes on no requests (Kubernetes 1.34).
    """
    begin(deploy, kube, application(NAME, {})).settles()
    wires = model(NAME)
    before = containers(kube)
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        restart("kubelet")
        begin(deploy, kube, application(NAME, {"minReplicas": 2}))
        eventually(lambda: _two(kube), bool, SETTLED_S, "a second pod is there")
        lost = len(rest.failures) + len(grpc.failures)
        grpc.go_on(PER_SECOND)
    assert containers(kube) > before
    failures = rest.failures + grpc.failures
    assert len(failures) == lost, "all is ready again, and yet requests are lost"
    assert [each for each in failures if "503" not in each.text] == []
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers) + lost
        print(f"\nkubelet killed: {sent} requests, {lost} met no pod that was called ready")


def containers(kube: Kube) -> set[str]:
    """Each start of one has another id."""
    return {
        each["containerID"]
        for pod in kube.matching("Pod", PODS)
        for each in pod["status"].get("containerStatuses", [])
    }


def _two(kube: Kube) -> bool:
    deployment = kube.get("Deployment", f"{NAME}-predictor")
    return deployment["spec"]["replicas"] == 2 and rolled_out(deployment)
