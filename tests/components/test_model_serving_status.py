# SPDX-License-Identifier: Apache-2.0
"""What `model-serving` says of an InferenceService and its route, state by state."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.cue import NEW, OLD
from ci.tools.schema import Json
from support.definition import SMALLEST, Component, needs_cue, render
from support.health import Object, Verdict, judge
from support.overlay import laid_over

pytestmark = needs_cue

CASES = yaml.safe_load(Path(__file__).with_name("model-serving-status.yaml").read_text("utf-8"))
GENERATION = 3
READY: Object = {
    "observedGeneration": 11,
    "conditions": [
        {"type": "IngressReady", "status": "True"},
        {"type": "PredictorReady", "status": "True", "reason": "NewReplicaSetAvailable"},
        {"type": "Ready", "status": "True"},
    ],
    "modelStatus": {
        "transitionStatus": "UpToDate",
        "states": {"activeModelState": "Loaded", "targetModelState": "Loaded"},
        "copies": {"failedCopies": 0, "totalCopies": 1},
    },
}
ACCEPTED: list[Json] = [
    {
        "conditions": [
            {"type": kind, "status": "True", "observedGeneration": GENERATION}
            for kind in ("Accepted", "ResolvedRefs")
        ]
    }
]


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_verdict_and_message(case: Object, version: str) -> None:
    changed = SMALLEST | cast("Object", case.get("properties", {}))
    properties: Object = {key: value for key, value in changed.items() if value is not None}
    name = cast("str", case.get("component", "digits"))
    component = Component(name, "model-serving", properties)
    output, outputs = _live(component, case)
    verdict = judge(component, output, outputs, version)
    assert verdict == Verdict(cast("bool", case["healthy"]), cast("str", case["message"]))


def _live(component: Component, case: Object) -> tuple[Object, dict[str, Object]]:
    """What is rendered, with what controllers and workflow steps add to it."""
    service, *routes = cast("list[Object]", render(component, NEW))
    _struct(service, "metadata")["namespace"] = component.namespace
    spec = _struct(service, "spec")
    spec["predictor"] = laid_over(spec["predictor"], case.get("predictor", {}))
    if "storageUri" in case:
        _set_storage_uri(_struct(service, "spec", "predictor"), case["storageUri"])
    if status := case.get("status", READY):
        service["status"] = _with_conditions(cast("Object", status), case.get("ready", []))
    for route in routes:
        _struct(route, "metadata")["generation"] = GENERATION
        route["status"] = {"parents": case.get("parents", ACCEPTED)}
        rules = cast("list[Object]", _struct(route, "spec")["rules"])
        for rule in rules:
            _divide(rule, case.get("weights"))
        _divide(rules[-1], case.get("last_rule_weights"))
    return service, dict(zip(("route",), routes, strict=False))


def _set_storage_uri(predictor: Object, uri: Json) -> None:
    if "model" in predictor:
        _struct(predictor, "model")["storageUri"] = uri
        return
    [container] = cast("list[Object]", predictor["containers"])
    for variable in cast("list[Object]", container["env"]):
        if variable["name"] == "STORAGE_URI":
            variable["value"] = uri


def _with_conditions(status: Object, more: Json) -> Object:
    conditions = cast("list[Json]", status.get("conditions", [])) + cast("list[Json]", more)
    return status | ({"conditions": conditions} if conditions else {})


def _divide(rule: Object, weights: Json) -> None:
    """Between the stable and its canary."""
    if isinstance(weights, list):
        names = ("digits-predictor", "digits-canary-predictor")
        rule["backendRefs"] = [
            {"name": name, "port": 80, "weight": weight}
            for name, weight in zip(names, weights, strict=False)
        ]


def _struct(value: Object, *path: str) -> Object:
    for key in path:
        value = cast("Object", value[key])
    return value


@pytest.mark.parametrize("version", [OLD, NEW])
def test_kfserving_says_the_same(version: str) -> None:
    properties: Object = {"onnx": {"storageUri": "pvc://models/digits"}}
    component = Component("digits", "kfserving", properties)
    output, outputs = _live(component, {})
    verdict = judge(component, output, outputs, version)
    host = "digits-default.example.com"
    assert verdict == Verdict(True, f"model digits ready, 1 of 1 pods ready, host {host}")
