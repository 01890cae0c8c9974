# SPDX-License-Identifier: Apache-2.0
"""What a model counts and uses is found where autoscalers and alerts look for it."""

from __future__ import annotations

import re
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.tools import programs
from support.eventually import eventually
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "measured"
PODS = f'namespace="default",pod=~"{NAME}-predictor-[^-]+-[^-]+"'  # as the traits have it
ROUTE = f'code="200",router=~"httproute-default-{NAME}-.+"'
REQUESTS = 5
HEALTHY_S, SCRAPED_S, MEASURED_S = 120, 30, 60


def wanted(prometheus: Prometheus) -> Object:
    made = application(NAME, {})
    scaling = {
        "maxReplicas": 2,
        "metrics": {"queueDepth": 100},
        "prometheus": {"address": prometheus.address, "pollingSeconds": 5},
    }
    made["spec"]["components"][0]["traits"] = [
        {"type": "monitoring", "properties": {"scrape": "annotations"}},
        {"type": "autoscaler", "properties": scaling},
    ]
    return made


@pytest.fixture(scope="module")
def pod(
    vela: Vela, kube: Kube, prometheus: Prometheus, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a healthy model's one pod."""
    file = tmp_path_factory.mktemp(NAME) / "app.yaml"
    file.write_text(yaml.safe_dump(wanted(prometheus)), encoding="utf-8")
    try:
        vela.succeed("up", "-f", file)
        made = partial(kube.get, "Application", NAME)
        eventually(made, lambda seen: phase(seen) == "running", HEALTHY_S, f"{NAME} is healthy")
        [pod] = kube.matching("Pod", f"serving.kserve.io/inferenceservice={NAME}")
        yield pod["metadata"]["name"]
    finally:
        vela.run("delete", NAME, "-n", "default", "-y")


def test_requests_are_counted_by_pod_and_by_route(
    pod: str, model: Callable[[str], Model], prometheus: Prometheus
) -> None:
    found = model(NAME)
    for _ in range(REQUESTS):
        found.json()
    ask = partial(prometheus.query, f"nv_inference_request_success{{{PODS}}} >= {REQUESTS}")
    [answered] = eventually(ask, bool, SCRAPED_S, "Prometheus has the model's count")
    assert answered.labels["pod"] == pod
    assert answered.value == REQUESTS
    routed = f"sum(traefik_router_requests_total{{{ROUTE}}}) >= {REQUESTS}"
    eventually(partial(prometheus.query, routed), bool, SCRAPED_S, "and the gateway's")


def test_kubectl_top_tells_cpu_and_memory(pod: str, kubeconfig: Path) -> None:
    top = ("top", "pods", "--namespace=default", "--no-headers")
    command: list[str | Path] = [programs.path("kubectl"), f"--kubeconfig={kubeconfig}", *top]

    def printed() -> str:
        """Until it has measured something, kubectl fails."""
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    eventually(
        printed,
        lambda text: re.search(rf"^{pod} +\d+m +[1-9]\d*Mi *$", text, re.MULTILINE) is not None,
        MEASURED_S,
        "kubectl top has the pod",
    )


def test_autoscaler_is_ready_and_its_metric_arrives(pod: str, kube: Kube) -> None:
    """Healthy is what KEDA says; the HPA that it makes asks for the metric the whole way."""
    del pod  # the Application is healthy, and so is the ScaledObject, says the trait
    scaled = kube.get("ScaledObject", f"{NAME}-autoscaler")
    assert condition(scaled, "Ready") == "True"
    hpa = partial(kube.get, "HorizontalPodAutoscaler", scaled["status"]["hpaName"])
    eventually(hpa, lambda seen: condition(seen, "ScalingActive") == "True", 60, "the HPA acts")


def condition(seen: Object, name: str) -> str:
    conditions = seen.get("status", {}).get("conditions", [])
    return "".join(str(each["status"]) for each in conditions if each["type"] == name)
