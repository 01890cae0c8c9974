# SPDX-License-Identifier: Apache-2.0
"""What canary-release does in each state of a release, and what the user reads."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from support import release_world as world
from support.vela_step import Action, Object, Question, StepFailed, VelaStep

CASES = yaml.safe_load(Path(__file__).with_name("canary-release.yaml").read_text(encoding="utf-8"))
ENDS = {"builtin.fail": "failed", "builtin.message": "done", "builtin.wait": ""}
Case = dict[str, Any]  # Any: YAML


@cache
def evaluated(engine: VelaStep) -> list[list[Action] | StepFailed]:
    return engine.ask(question(case) for case in CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["case"])
def test_release(number: int, vela_step: VelaStep) -> None:
    actions = evaluated(vela_step)[number]
    assert not isinstance(actions, StepFailed), actions
    acts = [each for each in actions if each.path.startswith(("accepted", "act."))]
    assert dict(decision(acts)) == CASES[number]["want"]
    assert [each.path for each in acts] == [each.path for each in actions[-len(acts) :]]


def decision(acts: list[Action]) -> Iterator[tuple[str, object]]:
    """In the words of the cases."""
    deployed = [act for act in acts if act.do == "oam.component-apply"]
    if deployed:
        yield "deploy", {act.path.removeprefix("act."): _deployed(act) for act in deployed}
    if any(act.do == "kube.delete" for act in acts):
        yield "remove", True
    if end := ENDS[acts[-1].do]:
        yield "end", end
    yield "message", acts[-1].params["message"]


def _deployed(act: Action) -> Object:
    component = act.params["value"]
    properties = component["properties"]
    share = {"weight": properties["canary"]["weight"]} if "canary" in properties else {}
    if act.path == "act.canary":
        assert component["name"] == "digits-canary"
        share["replicas"] = properties["minReplicas"]
    return cast("Object", share)


def question(case: Case) -> Question:
    uri, spec = case["model"], case.get("spec", {})
    seconds: int = case.get("seconds", 0)
    returned = {
        "application": world.application(case.get("said", {}), case.get("steps", [])),
        "components": {"$returns": {"value": {"digits": _component(case, uri)}}},
        "live": {
            "stable": world.live("digits", _service(case.get("stable"))),
            "canary": world.live("digits-canary", _service(case.get("canary"))),
            "route": world.route(case.get("weight", 0)),
        },
        "rendered": {each: world.rendered(uri, spec) for each in ("stable", "canary")},
        **world.clock(seconds, case.get("waited", seconds), case.get("paused", 10_000)),
        "answer": {"$returns": _answer(case["answer"])} if "answer" in case else {},
    }
    parameter: Object = {"component": "digits", **case.get("parameter", {})}
    return Question("canary-release", world.CONTEXT, parameter, cast("Object", returned))


def _component(case: Case, uri: str) -> Object:
    return {
        "name": "digits",
        "type": "model-serving",
        "properties": {"modelUri": uri, "modelFormat": {"name": "onnx"}},
        "traits": case.get("traits", [{"type": "canary", "properties": case.get("policy", {})}]),
    }


def _service(words: Case | None) -> world.Service | None:
    return None if words is None else world.Service(**words)


def _answer(words: Case) -> Object:
    return words if "body" in words else world.answer(words)


def test_canary_has_what_its_pods_need_and_leaves_nothing(vela_step: VelaStep) -> None:
    monitoring = {"scrape": "annotations", "port": 8080, "alerts": {}}
    cache = {"claim": {"accessMode": "ReadWriteMany", "size": "10Gi"}}
    traits = [
        {"type": "autoscaler", "properties": {"maxReplicas": 4}},
        {"type": "canary"},
        {"type": "compile-cache", "properties": cache},
        {"type": "hardening"},
        {"type": "monitoring", "properties": monitoring},
        {"type": "network-policy", "properties": {}},
    ]
    stable = {"uri": "pvc://models/1"}
    case = {"model": "pvc://models/2", "stable": stable, "traits": traits}
    [actions] = vela_step.ask([question(case)])
    assert not isinstance(actions, StepFailed), actions
    [canary] = [each.params["value"] for each in actions if each.path == "act.canary"]
    assert canary["traits"] == [
        {"type": "compile-cache", "properties": cache},
        {"type": "hardening"},
        {"type": "monitoring", "properties": {"scrape": "annotations", "port": 8080}},
    ]


def test_time_at_a_weight_begins_with_the_last_edit(vela_step: VelaStep) -> None:
    case = {"model": "pvc://models/2", "stable": {"uri": "pvc://models/1"}}
    asked = question(case)
    edits: list[Object] = [
        {"manager": "kubectl", "time": "2027-01-15T07:00:00Z"},
        {"manager": "kubevela", "time": "2027-01-15T07:30:00Z"},
        {"manager": "traefik", "time": "2027-01-15T07:59:59Z", "subresource": "status"},
    ]
    live = cast("Any", asked.returned["live"])  # Any: JSON
    live["route"]["$returns"]["value"]["metadata"] = {"managedFields": edits}
    [actions] = vela_step.ask([asked])
    assert not isinstance(actions, StepFailed), actions
    [date] = [each.params["date"] for each in actions if each.path == "clock.weighed"]
    assert date == "2027-01-15T07:30:00Z"
