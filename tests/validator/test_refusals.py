# SPDX-License-Identifier: Apache-2.0
"""What our definitions refuse when they render, the linter finds before: case for case.

The cases are those of the definitions' own tests, so that a refusal cannot be forgotten here.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from support.component_cases import application
from support.definition import SMALLEST
from support.refusals import files, refusals
from support.trait_cases import digits
from velaserve_lint import Severity, describe, lint

if TYPE_CHECKING:
    from ci.tools.schema import Json
    from support.vela_render import Object

TESTS = Path(__file__).parents[1]
FOLDERS = ("components", "traits")
Case = Any  # YAML


@functools.cache
def cases(folder: str) -> list[Case]:
    read: list[Case] = yaml.safe_load((TESTS / folder / "refusals.yaml").read_text("utf-8"))
    return read


def case_id(case: Case) -> str:
    return str(case["case"]).replace(" ", "-")


def errors(data: object) -> list[str]:
    found = lint(yaml.safe_dump(data)).findings
    return [f"{one.id}: {describe(one)}" for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("case", cases("components"), ids=case_id)
def test_what_a_component_refuses_is_one_error(case: Case) -> None:
    changed = case.get("only", SMALLEST) | case.get("properties", {})
    properties = {key: value for key, value in changed.items() if value is not None}
    name, definition = case.get("component", "digits"), case.get("type", "model-serving")

    assert len(errors(application(name, definition, properties))) == 1


@pytest.mark.parametrize("case", cases("traits"), ids=case_id)
def test_what_a_trait_refuses_is_one_error(case: Case) -> None:
    trait = {"type": case["trait"], "properties": case["properties"]}

    assert len(errors(digits(trait, **case.get("component", {})))) == 1


# A trait beside this one: only a test of the two.
BY_TWO_TRAITS = "accessMode ReadWriteOnce is for one pod, a canary would be another"


@pytest.mark.parametrize("file", list(files()), ids=lambda file: "/".join(file.parts[-2:]))
def test_every_refusal_has_a_case(file: Path) -> None:
    messages = [" ".join(case["message"].split()) for name in FOLDERS for case in cases(name)]
    said = [piece for piece in refusals(file) if not piece.startswith(BY_TWO_TRAITS)]

    assert [piece for piece in said if not any(piece[:24] in one for one in messages)] == []


def test_a_claim_of_one_pod_is_none_for_a_canary() -> None:
    claim: Json = {"claim": {"accessMode": "ReadWriteOnce", "name": "om-cache"}}
    once: Json = {"rollingUpdate": {"maxSurge": 0}}
    traits: list[Object] = [{"type": "compile-cache", "properties": claim}, {"type": "canary"}]
    app = digits(*traits, accelerator={"chip": "310P"}, deploymentStrategy=once)

    assert errors(app) == ["VS148: ReadWriteOnce is for one pod, a canary is another"]


RENDERED = [*TESTS.glob("components/*/*/app.yaml"), *TESTS.glob("traits/*/*/app.yaml")]
BY_HAND = "canary-"  # what a release makes of an Application, and nobody writes


@pytest.mark.parametrize("file", sorted(RENDERED), ids=lambda file: "/".join(file.parts[-3:-1]))
def test_what_renders_is_no_error(file: Path) -> None:
    expected = ["VS108"] if file.parent.name.startswith(BY_HAND) else []
    found = lint(file.read_bytes()).findings

    assert [one.id for one in found if one.severity is Severity.ERROR] == expected
