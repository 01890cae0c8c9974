# SPDX-License-Identifier: Apache-2.0
"""What `network-policy` makes of an Application, as the API server took it.

Whether packets obey is the business of the cluster's network. That of `make cluster`, CNI's plugin
`bridge`, enforces no NetworkPolicy, and the last test says so: it fails where one does, and then
this file has more to prove.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ci.cluster.commands import run
from ci.tools import programs
from support.eventually import eventually
from support.gateway import Reading
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ci.cluster.settings import Settings
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "fenced"
HEALTHY_S = 120
OWN = {"key": "serving.kserve.io/inferenceservice", "operator": "In"}
OWN_PODS = {"matchExpressions": [{**OWN, "values": [NAME, f"{NAME}-canary"]}]}
DNS = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
WANTED = {
    "gatewayNamespace": "kserve",
    "prometheusNamespace": "monitoring",
    "egress": [{"cidr": "192.0.2.0/24", "ports": [443]}],
}


def namespace(name: str) -> Object:
    return {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}


def tcp(*ports: int) -> list[Object]:
    return [{"protocol": "TCP", "port": port} for port in ports]


@pytest.fixture(scope="module")
def policy(
    vela: Vela, kube: Kube, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:  # Any: JSON
    """The spec that an Application's NetworkPolicy has on the cluster, while its model runs."""
    wanted = application(NAME, {"drainDelaySeconds": 0})
    wanted["spec"]["components"][0]["traits"] = [{"type": "network-policy", "properties": WANTED}]
    file = tmp_path_factory.mktemp(NAME) / "app.yaml"
    file.write_text(yaml.safe_dump(wanted), encoding="utf-8")
    try:
        vela.succeed("up", "-f", file)
        made = partial(kube.get, "Application", NAME)
        eventually(made, lambda seen: phase(seen) == "running", HEALTHY_S, f"{NAME} is healthy")
        yield kube.get("NetworkPolicy", f"{NAME}-network")["spec"]
    finally:
        vela.run("delete", NAME, "-n", "default", "-y")


def test_it_is_about_the_pods_of_the_model_and_of_its_canary(policy: Any, kube: Kube) -> None:
    assert policy["podSelector"] == OWN_PODS
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    selected = kube.matching("Pod", f"{OWN['key']} in ({NAME}, {NAME}-canary)")
    deployed = kube.matching("Pod", f"app=isvc.{NAME}-predictor")
    assert len(deployed) == 1
    assert [pod["metadata"]["name"] for pod in selected] == [
        pod["metadata"]["name"] for pod in deployed
    ]


def test_gateway_and_prometheus_may_ask_at_the_ports_that_the_pod_has(
    policy: Any, kube: Kube
) -> None:
    among_themselves, callers = policy["ingress"]
    assert among_themselves == {"from": [{"podSelector": OWN_PODS}]}
    assert callers == {
        "from": [namespace("kserve"), namespace("monitoring")],
        "ports": tcp(8080, 8081),
    }
    [pod] = kube.matching("Pod", f"app=isvc.{NAME}-predictor")
    [container] = pod["spec"]["containers"]
    assert [each["containerPort"] for each in container["ports"]] == [8080, 8081]


def test_pods_may_reach_each_other_dns_and_what_is_named(policy: Any) -> None:
    destination = {"to": [{"ipBlock": {"cidr": "192.0.2.0/24"}}], "ports": tcp(443)}
    assert policy["egress"] == [{"to": [{"podSelector": OWN_PODS}]}, {"ports": DNS}, destination]


def test_local_network_lets_in_whom_no_rule_names(
    policy: Any, local: Settings, model: Callable[[str], Model]
) -> None:
    """The gateway there runs outside of pods, and so in no namespace."""
    del policy, local
    assert model(NAME).json() == Reading(4, "2")


def test_local_pods_are_told_no_name_server(policy: Any, local: Settings, kubeconfig: Path) -> None:
    """They could reach none: a name that is not known is an error at once, not after seconds."""
    del policy, local
    look = ("exec", f"deployment/{NAME}-predictor", "--", "cat", "/etc/resolv.conf")
    told = run(programs.path("kubectl"), f"--kubeconfig={kubeconfig}", *look)
    assert "nameserver" not in told
