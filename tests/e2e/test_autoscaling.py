# SPDX-License-Identifier: Apache-2.0
"""The number of pods follows the load, up and down again, and nobody else changes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support import reconciled
from support.crowd import Crowd
from support.eventually import eventually
from support.gateway import Model, address_of
from support.load import Load
from support.models import write_computing_python
from support.pods import pods
from support.scaling import (
    DOWN_S,
    MOST,
    SMALL,
    UP_S,
    Scaled,
    autoscaled,
    lasting,
    python,
    read_fast,
    until_healthy,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e.conftest import Deploy
    from support.kube import Kube, Object
    from support.promql import Prometheus

pytestmark = pytest.mark.e2e

SLOW: Object = {"scaleDown": {"stabilizationWindowSeconds": 300}}
CLIENTS, ANSWER_S, PAUSE_S = 20, 0.2, 0.02


@pytest.fixture
def direct(kube: Kube) -> Iterator[Callable[[str], Model]]:
    """The model itself, by a route past its transformer: in the cluster there is no DNS by which
    the transformer would find it."""
    opened: list[Model] = []

    def direct(name: str) -> Model:
        route = _route_past(kube.get("HTTPRoute", name), f"{name}-predictor")
        kube.create(route)
        [host] = route["spec"]["hostnames"]
        opened.append(found := Model(address_of(kube), host, name))
        eventually(found.status, lambda status: status == 200, 30, f"the gateway serves {host}")
        return found

    yield direct
    for each in opened:
        each.close()
        kube.delete("HTTPRoute", f"{each.name}-direct")


def _route_past(route: Object, service: str) -> Object:
    name = f"{route['metadata']['name']}-direct"
    return {
        "apiVersion": route["apiVersion"],
        "kind": route["kind"],
        "metadata": {"name": name, "namespace": route["metadata"]["namespace"]},
        "spec": {
            "parentRefs": route["spec"]["parentRefs"],
            "hostnames": [f"{name}.example.com"],
            "rules": [{"backendRefs": [{"name": service, "port": 80}]}],
        },
    }


@pytest.mark.long  # half a minute of it until the HPA has measured the first pod
def test_cpu(
    deploy: Deploy,
    claim: Callable[[Path], str],
    kube: Kube,
    model: Callable[[str], Model],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By an HPA alone, which sees the load at once: a pod should use 10m, and it is 200m."""
    name = "scaled-cpu"
    computing = python(claim(write_computing_python(tmp_path / "models")))
    deploy(autoscaled(name, {"cpuUtilization": 50}, computing))
    until_healthy(kube, name)
    served, scaled = model(name), Scaled(kube, name)
    with Load(partial(served.post, lasting(0.02)), per_second=10) as load:
        up_s = scaled.seconds_to(MOST, UP_S)
        nobody_interferes(kube, name, "HorizontalPodAutoscaler", {"behavior": SLOW})
    down_s = scaled.seconds_to(1, DOWN_S)
    assert load.failures == []
    with capsys.disabled():
        print(f"\ncpuUtilization: 1 -> {MOST} in {up_s:.0f} s, {MOST} -> 1 in {down_s:.0f} s")


def test_queue_behind_a_transformer(
    deploy: Deploy,
    sleeping: dict[str, object],
    kube: Kube,
    prometheus: Prometheus,
    direct: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By KEDA; the transformer keeps its own number, and `vela up` again changes nothing."""
    name = "scaled-queue"
    in_front = {"modelUri": "pvc://models/bitmap", "minReplicas": 2, "resources": SMALL}
    wanted = autoscaled(
        name,
        {"queueDepth": 4},
        {**sleeping, "transformer": in_front},
        prometheus=read_fast(prometheus.address),
    )
    look = wanted["metadata"]["annotations"]
    look["example.com/look"] = "first"
    deploy(wanted)
    until_healthy(kube, name)
    served, scaled = direct(name), Scaled(kube, name)
    before = pods(kube, name, "transformer")
    with Crowd(CLIENTS * [partial(served.post, lasting(ANSWER_S))], PAUSE_S) as crowd:
        up_s = scaled.seconds_to(MOST, UP_S)
        look["example.com/look"] = "again"
        deploy(wanted)
        nobody_interferes(kube, name, "ScaledObject", {"pollingInterval": 7})
    down_s = scaled.seconds_to(1, DOWN_S)
    assert crowd.failures == []
    assert pods(kube, name, "transformer") == before
    assert len(before) == 2
    with capsys.disabled():
        print(f"\nqueueDepth: 1 -> {MOST} in {up_s:.0f} s, {MOST} -> 1 in {down_s:.0f} s")


def nobody_interferes(kube: Kube, name: str, kind: str, change: Object) -> None:
    """KServe and KubeVela look again: the autoscaler is the same, and so is each pod.

    An HPA of KServe's own name it would delete: cluster.md section 6.
    """
    autoscaler = partial(kube.get, kind, f"{name}-autoscaler")
    uid, kept = autoscaler()["metadata"]["uid"], pods(kube, name)
    reconciled.by_kserve(kube, name)
    reconciled.undone(kube, kind, f"{name}-autoscaler", change)
    assert pods(kube, name) == kept
    assert autoscaler()["metadata"]["uid"] == uid
