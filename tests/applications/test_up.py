# SPDX-License-Identifier: Apache-2.0
"""What `velaserve up` says of each example that it does not do here, and what it serves."""

from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from velaserve_runtime.local.application import load_application
from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError

APPLICATIONS = ROOT / "applications"
CLAIMS = {"models": APPLICATIONS / "models"}
HERE = "one process without limits here, a cluster's matter:"
SAID = {
    "canary": ["digits: not applied here, needs a cluster: canary"],
    "canary-by-hand": [
        "digits: not applied here, needs a cluster: canary",
        f"digits: {HERE} minReplicas: 2",
    ],
    "autoscaled": ["digits: not applied here, needs a cluster: autoscaler, monitoring"],
    "digits": [],
    "graph": [
        f"digits-exact: {HERE} route",
        f"digits-quick: {HERE} route",
        "reading: not started here, type inference-graph needs a cluster",
    ],
    "npu": [f"digits: {HERE} accelerator, resources, placement"],
    "npu-compile-cache": [
        "digits: not applied here, needs a cluster: compile-cache",
        f"digits: {HERE} accelerator, resources, minReplicas: 2, deploymentStrategy",
    ],
    "npu-hami": [f"digits: {HERE} accelerator, resources"],
    "npu-vnpu": [f"digits: {HERE} accelerator, resources"],
    "production": [
        "digits: not applied here, needs a cluster: "
        "high-availability, hardening, monitoring, network-policy",
        f"digits: {HERE} minReplicas: 3, resources",
    ],
    "scale-to-zero": ["digits: not applied here, needs a cluster: autoscaler, monitoring"],
    "several-models": [
        f"digits-quick: {HERE} resources",
        f"digits-exact: {HERE} minReplicas: 2, resources",
    ],
    "transformer": [f"digits: {HERE} transformer"],
}
NOTHING_SERVED = {
    "gpu": "digits: not started here, its server is only in a cluster: runtime",
    "kfserving": "sentiment: not started here, type kfserving needs a cluster",
    "other-runtime": "iris: not started here, its server is only in a cluster: runtime",
}
ELSEWHERE = {"s3"}  # a model that is fetched: tests/runtime/local/test_storage.py


def application(name: str) -> Path:
    return APPLICATIONS / f"{name}.yaml"


@pytest.mark.parametrize("name", SAID)
def test_what_needs_a_cluster_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    served = load_application(application(name), CLAIMS, Console())
    assert [model.component.partition("-")[0] for model in served] == ["digits"] * len(served)
    assert served
    assert capsys.readouterr().err.splitlines() == SAID[name]


@pytest.mark.parametrize("name", ["npu", "npu-compile-cache", "npu-hami", "npu-vnpu"])
def test_a_card_of_the_cluster_is_not_looked_for_here(name: str) -> None:
    [model] = load_application(application(name), CLAIMS, Console(quiet=True))
    assert model.environment.keys().isdisjoint({"VELASERVE_DEVICE", "VELASERVE_FALLBACK_POLICY"})


@pytest.mark.parametrize("name", NOTHING_SERVED)
def test_nothing_is_served_without_a_reason(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LocalError, match="nothing to serve"):
        load_application(application(name), CLAIMS, Console())
    assert capsys.readouterr().err.splitlines() == [NOTHING_SERVED[name]]


def test_every_example_is_tried() -> None:
    found = {file.stem for file in APPLICATIONS.glob("*.yaml")}
    assert {*SAID, *NOTHING_SERVED, *ELSEWHERE} == found
