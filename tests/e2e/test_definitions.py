# SPDX-License-Identifier: Apache-2.0
"""Every definition meets the real controllers and webhooks once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.cluster.commands import run
from ci.tools import programs
from ci.tools.tree import ROOT
from support import reconciled
from support.eventually import eventually
from support.gateway import Reading
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object

pytestmark = pytest.mark.e2e

GOLDENS = ROOT / "tests" / "components"
FOR_A_CARD = {"compile-cache"}
DEFINITIONS = sorted({file.parents[1].name for file in GOLDENS.glob("*/*/want.yaml")})
HEALTHY_S = 120


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_api_server_and_webhooks_take_every_golden(definition: str, kubeconfig: Path) -> None:
    """A dry run, strict: what they do not know is an error."""
    files = sorted((GOLDENS / definition).glob("*/want.yaml"))
    apply = ("apply", "--dry-run=server", "--validate=strict", "--server-side")
    names = [f"--filename={file}" for file in files]
    kubectl = programs.path("kubectl")
    run(kubectl, f"--kubeconfig={kubeconfig}", *apply, "--force-conflicts", *names)


def test_every_trait_for_any_machine_is_applied_and_the_model_answers(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model]
) -> None:
    name = "all-traits"
    wanted = application(name, {"minReplicas": 2})
    together = ROOT / "tests" / "traits" / "together" / "all" / "app.yaml"
    traits = yaml.safe_load(together.read_text(encoding="utf-8"))["spec"]["components"][0]["traits"]
    without_card = [trait for trait in traits if trait["type"] not in FOR_A_CARD]
    wanted["spec"]["components"][0]["traits"] = without_card
    deploy(wanted)
    made = {
        "HTTPRoute": name,
        "NetworkPolicy": f"{name}-network",
        "PodDisruptionBudget": f"{name}-availability",
        "PrometheusRule": f"{name}-monitoring",
        "ScaledObject": f"{name}-autoscaler",
    }
    for kind, called in made.items():
        eventually(partial(kube.find, kind, called), bool, HEALTHY_S, f"{kind} {called} is there")
    assert model(name).json() == Reading(4, "2")


def test_hpa_is_kept_when_kserve_looks_again(deploy: Deploy, kube: Kube) -> None:
    """One of KServe's own name it would delete: cluster.md section 6."""
    name = "scaled"
    wanted = application(name, {"resources": {"requests": {"cpu": "50m"}}})
    metrics = {"maxReplicas": 2, "metrics": {"cpuUtilization": 70}}
    wanted["spec"]["components"][0]["traits"] = [{"type": "autoscaler", "properties": metrics}]
    deploy(wanted)
    find = partial(kube.find, "HorizontalPodAutoscaler", f"{name}-autoscaler")
    first = eventually(find, bool, HEALTHY_S, "the HPA is there")
    assert first
    service = partial(kube.get, "InferenceService", name)
    eventually(service, _is_ready, HEALTHY_S, "the model is ready")
    reconciled.by_kserve(kube, name)
    last = find()
    assert last
    assert last["metadata"]["uid"] == first["metadata"]["uid"]


def _is_ready(service: Object) -> bool:
    conditions = service.get("status", {}).get("conditions", [])
    return {"Ready": "True"}.items() <= {
        each["type"]: each["status"] for each in conditions
    }.items()


def test_manner_of_kfserving_is_served(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model]
) -> None:
    name = "old-style"
    wanted = application(name, {})
    onnx = {"onnx": {"storageUri": "pvc://models/digits/onnx"}}
    wanted["spec"]["components"][0] |= {"type": "kfserving", "properties": onnx}
    deploy(wanted)
    healthy = partial(kube.get, "Application", name)
    eventually(healthy, lambda seen: phase(seen) == "running", HEALTHY_S, f"{name} is healthy")
    assert model(name).json() == Reading(4, "2")


def test_graph_is_taken_and_waits_for_its_models(deploy: Deploy, kube: Kube) -> None:
    """Its router finds them by name, and the local cluster has no DNS yet."""
    name = "graph"
    nodes = {"root": {"routerType": "Sequence", "steps": [{"serviceName": "digits"}]}}
    wanted = application(name, {})
    wanted["spec"]["components"][0] |= {"type": "inference-graph", "properties": {"nodes": nodes}}
    deploy(wanted)
    find = partial(kube.find, "InferenceGraph", name)
    eventually(find, bool, HEALTHY_S, "the InferenceGraph is there")
