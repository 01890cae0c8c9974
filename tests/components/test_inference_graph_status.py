# SPDX-License-Identifier: Apache-2.0
"""What `inference-graph` says of an InferenceGraph and its route, state by state."""

from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools.cue import NEW, OLD
from ci.tools.schema import Json
from support.definition import Component, needs_cue, render
from support.health import Object, Verdict, judge

pytestmark = needs_cue

CASES = yaml.safe_load(Path(__file__).with_name("inference-graph-status.yaml").read_text("utf-8"))
NODES: dict[str, Json] = {
    "nodes": {"root": {"routerType": "Sequence", "steps": [{"serviceName": "digits"}]}}
}


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_verdict_and_message(case: Object, version: str) -> None:
    properties = NODES | cast("Object", case.get("properties", {}))
    component = Component("reading", "inference-graph", properties)
    graph, *routes = cast("list[Object]", render(component, NEW))
    cast("Object", graph["metadata"])["namespace"] = "default"
    graph |= {"status": case["status"]} if case["status"] else {}
    for route in routes:
        cast("Object", route["metadata"])["generation"] = 1
        route["status"] = {"parents": case.get("parents", [])}
    verdict = judge(component, graph, dict(zip(("route",), routes, strict=False)), version)
    assert verdict == Verdict(cast("bool", case["healthy"]), cast("str", case["message"]))
