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
    properties = SMALLEST | cast("Object", case.get("properties", {}))
    component = Component("digits", "model-serving", properties)
    output, outputs = _live(component, case)
    verdict = judge(component, output, outputs, version)
    assert verdict == Verdict(cast("bool", case["healthy"]), cast("str", case["message"]))


def _live(component: Component, case: Object) -> tuple[Object, dict[str, Object]]:
    """What is rendered, with what controllers add to it."""
    service, *routes = cast("list[Object]", render(component, NEW))
    _struct(service, "metadata")["namespace"] = component.namespace
    if "storageUri" in case:
        _struct(service, "spec", "predictor", "model")["storageUri"] = case["storageUri"]
    if status := case.get("status", READY):
        service["status"] = status
    for route in routes:
        _struct(route, "metadata")["generation"] = GENERATION
        route["status"] = {"parents": case.get("parents", ACCEPTED)}
    return service, dict(zip(("route",), routes, strict=False))


def _struct(value: Object, *path: str) -> Object:
    for key in path:
        value = cast("Object", value[key])
    return value
