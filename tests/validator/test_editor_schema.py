# SPDX-License-Identifier: Apache-2.0
"""Editors take what the linter takes, and refuse what it says of fields and properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from velaserve_lint import lint
from velaserve_lint.cli import main
from velaserve_lint.editor_schema import application_schema
from velaserve_lint.rule import SchemaRule
from velaserve_lint.rules import every
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    file
    for folder in ("applications/*.yaml", "tests/*/*/*/app.yaml", "tests/*/*/*/*/app.yaml")
    for file in ROOT.glob(folder)
)
SCHEMA = application_schema()
VALIDATOR = Draft7Validator(SCHEMA)
WORDS = {  # of draft 7, without what no schema of ours uses
    *("$comment", "$ref", "$schema", "additionalProperties", "allOf", "anyOf", "const", "default"),
    *("definitions", "description", "enum", "exclusiveMaximum", "exclusiveMinimum", "if", "items"),
    *("maxItems", "maxLength", "maximum", "minItems", "minLength", "minProperties", "minimum"),
    *("not", "pattern", "patternProperties", "properties", "required", "then", "title", "type"),
}


def is_valid(text: str | bytes) -> bool:
    return all(VALIDATOR.is_valid(document.data) for document in read(text, "-").documents)


def schemas(schema: Any) -> Iterator[Any]:  # Any: JSON
    """The schema and those in it."""
    yield schema
    for key in ("definitions", "properties", "patternProperties"):
        for inner in schema.get(key, {}).values():
            yield from schemas(inner)
    for key in ("allOf", "anyOf"):
        for inner in schema.get(key, ()):
            yield from schemas(inner)
    for key in ("additionalProperties", "if", "items", "not", "then"):
        if isinstance(inner := schema.get(key), dict):
            yield from schemas(inner)


def test_it_is_of_draft_7() -> None:
    Draft7Validator.check_schema(SCHEMA)
    for schema in schemas(SCHEMA):
        assert schema.keys() <= WORDS
        assert "$ref" not in schema or schema.keys() == {"$ref"}


def test_every_reference_leads_somewhere() -> None:
    references = [schema["$ref"] for schema in schemas(SCHEMA) if "$ref" in schema]

    assert len(references) > 100
    names = {reference.removeprefix("#/definitions/") for reference in references}
    assert names <= SCHEMA["definitions"].keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_lints_clean_is_valid(file: Path) -> None:
    assert is_valid(file.read_bytes()) or lint(file.read_bytes()).fails()


def test_the_examples_are_valid() -> None:
    examples = [file for file in FILES if file.parent.name == "applications"]

    assert len(examples) > 10
    assert [file.name for file in examples if not is_valid(file.read_bytes())] == []


@pytest.mark.parametrize(
    "rule", [rule for rule in every() if rule.id[:3] in {"VS1", "VS2"}], ids=lambda rule: rule.id
)
def test_it_refuses_what_a_schema_can(rule: Any) -> None:  # Any: a type of Rule
    """What stands elsewhere, and which types there are, only the linter knows."""
    assert is_valid(rule.bad) != issubclass(rule, SchemaRule)


TRAIT = """\
      traits:
        - type: autoscaler
          properties: {maxReplicas: 3}
"""
STEP = """\
  workflow:
    steps:
      - type: step-group
        subSteps:
          - type: await-model
            properties: {component: digits}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minReplicas: 2", "minReplica: 2"),
        ("minReplicas: 2", "minReplicas: two"),
        ("{name: onnx}", "{nam: onnx}"),
        ("name: onnx", "name: onix"),
        ("modelUri: pvc://models/digits/onnx", "accessLog: true"),
        ("maxReplicas: 3", "maximum: 3"),
        ("component: digits", "component: Digits"),
        ("{component: digits}", "{}"),
        ("type: model-serving", "type: model-serving@v1\n      typo: 1"),
        ("properties: {component: digits}", "if: 'true'"),
    ],
)
def test_a_typo_is_refused_in_components_traits_and_steps(old: str, new: str) -> None:
    whole = APPLICATION + TRAIT + STEP
    assert is_valid(whole)
    assert whole.count(old) == 1

    assert not is_valid(whole.replace(old, new))


def test_the_version_of_a_type_changes_nothing() -> None:
    assert is_valid(changed("model-serving", "model-serving@v1"))
    assert not is_valid(changed("model-serving", "model-serving@v1").replace("Uri", "Url"))


@pytest.mark.parametrize("type_", ["webservice", "acme-inference", "model-serving-2"])
def test_other_types_have_any_properties(type_: str) -> None:
    assert is_valid(changed("model-serving", type_).replace("modelUri", "anything"))


@pytest.mark.parametrize("properties", ["", "properties:", "properties: {}"])
def test_where_nothing_is_required_properties_can_be_left_out(properties: str) -> None:
    trait = f"      traits:\n        - type: hardening\n          {properties}\n"

    assert is_valid(APPLICATION + trait)


def test_inputs_can_bring_what_is_missing() -> None:
    line = "        modelUri: pvc://models/digits/onnx\n"
    inputs = "      inputs: [{from: uri, parameterKey: modelUri}]\n"

    assert not is_valid(changed(line, ""))
    assert is_valid(changed(line, "") + inputs)


def test_types_that_are_known_are_offered() -> None:
    offered = SCHEMA["definitions"]["Trait"]["properties"]["type"]["anyOf"][0]["enum"]

    assert {"canary", "scaler"} <= set(offered)


def test_every_property_of_ours_has_a_text_to_hover() -> None:
    ours = {name: one for name, one in SCHEMA["definitions"].items() if "." in name}

    mute = [
        f"{name}: {key}"
        for name, schema in ours.items()
        if not name.endswith(".demands")
        for key, field in schema.get("properties", {}).items()
        if not field.get("description")
    ]
    assert mute == []
    assert len(ours) > 50


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0

    assert json.loads(capsys.readouterr().out) == SCHEMA
