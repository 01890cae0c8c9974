# SPDX-License-Identifier: Apache-2.0
"""What await-model does, and what keeps a model by its words."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from support import release_world as world
from support.vela_step import Action, Object, Question, StepFailed, VelaStep

CASES = yaml.safe_load(Path(__file__).with_name("await-model.yaml").read_text(encoding="utf-8"))
ENDS = {"builtin.fail": "failed", "builtin.message": "done", "builtin.wait": "waits"}
Case = dict[str, Any]  # Any: YAML


@cache
def evaluated(engine: VelaStep) -> list[list[Action] | StepFailed]:
    return engine.ask(question(case) for case in CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["case"])
def test_step(number: int, vela_step: VelaStep) -> None:
    actions = evaluated(vela_step)[number]
    assert not isinstance(actions, StepFailed), actions
    acts = {
        each.path.removeprefix("act."): each
        for each in actions
        if each.path.startswith(("accepted", "act."))
    }
    end = acts.pop("accepted" if "accepted" in acts else "end")
    assert {ENDS[end.do]: end.params["message"]} == CASES[number]["want"]
    assert list(acts) == ([] if "failed" in CASES[number]["want"] else ["deploy"])


def _said(case: Case) -> str:
    [message] = case.get("said", {"": ""}).values()
    return str(message)


def question(case: Case) -> Question:
    component: Object = {"name": "digits", "type": "model-serving", "properties": {}}
    service = world.Service(**case["service"]) if "service" in case else None
    lists = case.get("live", {}).items()
    changed: Object = {kind: {"$returns": {"values": {"items": items}}} for kind, items in lists}
    returned = {
        "application": world.application({"message": _said(case)}, []),
        "components": {"$returns": {"value": {"digits": component}}},
        "live": world.live("digits", service) | changed,
    }
    parameter: Object = {"component": "digits", **case.get("parameter", {})}
    return Question("await-model", world.CONTEXT, parameter, cast("Object", returned))
