# SPDX-License-Identifier: Apache-2.0
"""Pods get NPU cards from the kubelet, which has them from a device plugin of ours: one in all."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.cluster.commands import run
from ci.cluster.errors import CommandFailed
from ci.cluster.settings import NAME as NODE
from ci.cluster.space import PRIVATE
from ci.tools import programs
from support.device_plugin import DevicePlugin
from support.eventually import eventually
from support.gateway import Reading
from support.load import Load
from support.release import NEW, OLD, Release
from support.vela import application, phase
from velaserve_lint.names import runtime, server_image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ci.cluster.settings import Settings
    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

CARD = "huawei.com/Ascend310P"
NO_CARD = f"Insufficient {CARD}"
IN_ITS_PLACE = {"rollingUpdate": {"maxSurge": 0}}
PER_SECOND = 10
# The kubelet tells of its node every 10 seconds.
TOLD_S, SCRAPED_S, SETTLED_S = 60, 30, 120


@pytest.fixture(scope="module")
def card(local: Settings, kube: Kube) -> Iterator[DevicePlugin]:
    """The plugin of the card; when it has ended, the node has none: its name stays, with 0."""
    folder = local.state / PRIVATE["/var/lib/kubelet/device-plugins"]
    with DevicePlugin(folder, CARD, 1) as plugin:
        node_has(kube, "1")
        yield plugin
    node_has(kube, "0")


def node_has(kube: Kube, count: str) -> None:
    def cards() -> list[str]:
        status = kube.get("Node", NODE, "")["status"]
        return [status[side].get(CARD, "none") for side in ("capacity", "allocatable")]

    eventually(cards, lambda seen: seen == [count, count], TOLD_S, f"the node has {count} {CARD}")


def with_card(name: str, step: str, **properties: object) -> Object:
    """An Application that wants the card, released by that workflow step."""
    accelerator = {"chip": "310P", "fallbackPolicy": "fallback"}
    # The image of the runtime cannot be made here.
    server = {"runtime": runtime().of_vendor["ascend"], "image": server_image()}
    own = {"accelerator": accelerator, "drainDelaySeconds": 0, **server}
    steps = [{"name": "serve", "type": step, "properties": {"component": name}}]
    return application(name, {**own, **properties}, workflow={"steps": steps})


def healthy(kube: Kube, name: str) -> None:
    see = partial(kube.get, "Application", name)
    eventually(see, lambda seen: phase(seen) == "running", SETTLED_S, f"{name} is healthy")


def test_pod_gets_the_card_runs_on_the_cpu_and_says_so(
    card: DevicePlugin,
    deploy: Deploy,
    kube: Kube,
    model: Callable[[str], Model],
    prometheus: Prometheus,
) -> None:
    name = "carded"
    deploy(with_card(name, "await-model", metrics={}))
    healthy(kube, name)
    assert card.given == ["0"]
    [pod] = kube.matching("Pod", f"serving.kserve.io/inferenceservice={name}")
    [container] = pod["spec"]["containers"]
    assert [container["resources"][side][CARD] for side in ("requests", "limits")] == ["1", "1"]
    found = model(name)
    assert found.json() == Reading(4, "2")
    assert found.answer().headers["velaserve-fallback-from"] == "ascend"
    active = f'velaserve_fallback_active{{device="ascend",pod="{pod["metadata"]["name"]}"}}'
    told = eventually(partial(prometheus.value, active), bool, SCRAPED_S, "Prometheus knows it")
    assert told == 1


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ({"requests": {CARD: 1}, "limits": {CARD: 2}}, f"must be equal to {CARD} limit of 2"),
        ({"requests": {CARD: 1}}, "Limit must be set for non overcommitable resources"),
        ({"limits": {CARD: "500m"}}, "must be an integer"),
    ],
    ids=["two numbers", "no limit", "half a card"],
)
def test_api_server_refuses_what_is_no_whole_card(
    resources: Object, reason: str, kubeconfig: Path
) -> None:
    container = {"name": "model", "image": "velaserve.local/none", "resources": resources}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "cards"}}
    pod["spec"] = {"containers": [container]}
    create = ("create", "--dry-run=server", "--filename=-")
    with pytest.raises(CommandFailed, match=reason):
        run(programs.path("kubectl"), f"--kubeconfig={kubeconfig}", *create, stdin=json.dumps(pod))


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"accelerator": {"chip": "310P", "count": 0.5}}, "parameter.accelerator.count"),
        ({"resources": {"requests": {CARD: 1}}}, f'parameter.resources.requests."{CARD}"'),
    ],
    ids=["half a card", "a card by hand"],
)
def test_definition_refuses_what_would_be_no_whole_card(
    properties: Object, reason: str, vela: Vela, kube: Kube, tmp_path: Path
) -> None:
    """By hand the two numbers could differ; the parameter `accelerator` renders one twice."""
    name = "cards"
    file = tmp_path / "app.yaml"
    file.write_text(yaml.safe_dump(application(name, properties)), encoding="utf-8")
    done = vela.run("up", "-f", file)
    assert done.code != 0
    assert reason in done.text
    assert kube.find("Application", name) is None


def test_update_with_one_card_goes_on_once_the_old_pod_may_go_first(
    card: DevicePlugin,
    deploy: Deploy,
    kube: Kube,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By default the new pod comes first: it waits for the card that the old one has."""
    name = "one-card"
    deploy(with_card(name, "await-model", modelUri=OLD))
    healthy(kube, name)
    found = model(name)
    with Load(found.json, PER_SECOND) as load:
        deploy(with_card(name, "await-model", modelUri=NEW))
        Release(kube, name).says(NO_CARD)
        assert load.failures == []
        before = len(load.answers)
        deploy(with_card(name, "await-model", modelUri=NEW, deploymentStrategy=IN_ITS_PLACE))
        eventually(lambda: load.answers[-1].version, lambda seen: seen == "2", SETTLED_S, "updated")
    healthy(kube, name)
    assert set(load.answers[:before]) == {Reading(4, "1")}
    assert card.given[-2:] == ["0", "0"]
    with capsys.disabled():
        print(f"\nupdate with one card: {load.gap_s:.1f} s without answers")


@pytest.mark.long
def test_release_with_one_card_leaves_it_to_the_old_model(
    card: DevicePlugin, deploy: Deploy, kube: Kube, model: Callable[[str], Model]
) -> None:
    """A canary needs a card of its own; that there is none is said, and ends the release."""
    del card
    name = "card-canary"
    deploy(released(name, OLD))
    healthy(kube, name)
    found = model(name)
    with Load(found.json, PER_SECOND) as load:
        deploy(released(name, NEW))
        assert NO_CARD in Release(kube, name).says("canary at 0 %, 0 of 1 pods available; ")
        assert NO_CARD in Release(kube, name).says("failed: taken back at 0 %")
    assert load.failures == []
    assert set(load.answers) == {Reading(4, "1")}


def released(name: str, uri: str) -> Object:
    made = with_card(name, "canary-release", modelUri=uri)
    policy = {"weights": [50], "stepSeconds": 1, "timeoutSeconds": 20}
    made["spec"]["components"][0]["traits"] = [{"type": "canary", "properties": policy}]
    return made
