# SPDX-License-Identifier: Apache-2.0
"""KubeVela's OpenAPI refuses what is right and lets typos pass; what is made of it does neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from velaserve_lint.acceptance import Acceptance
from velaserve_lint.openapi import from_json_schema, from_openapi
from velaserve_lint.rules import schema_rules

if TYPE_CHECKING:
    from velaserve_lint.document import Json

TEXT: Json = {"type": "string"}
WORDS = ("array", "object", "string", "a", "#/$defs/a", "[", "")
KEYWORDS = (
    *("$defs", "$ref", "additionalProperties", "allOf", "anyOf", "const", "default", "description"),
    *("enum", "exclusiveMinimum", "items", "minLength", "minimum", "nullable", "oneOf", "pattern"),
    *("patternProperties", "properties", "required", "type"),
)
SOME: list[Json] = [{}, {"a": 1}, [], "a", 1, None]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYWORDS) | st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=12,
)


def accepts(schema: Json, data: Json) -> bool:
    converted = from_openapi(cast("dict[str, Json]", schema))
    fits = Draft202012Validator(converted).is_valid(data)
    assert fits is Acceptance(converted).accepts(data)
    return fits


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (
            {"type": "object", "required": ["a"], "properties": {"a": {"default": 1}}},
            [{}, {"a": 2}],
            [{"b": 1}],
        ),
        ({"type": "object", "required": ["a"], "properties": {"a": TEXT}}, [{"a": ""}], [{}]),
        (
            {"properties": {"a": TEXT}, "additionalProperties": {}},
            [{"a": "", "b": 1}],
            [{"a": 1}],
        ),
        (
            {"type": "object", "additionalProperties": TEXT},
            [{}, {"a": "b"}],
            [{"a": 1}],
        ),
        ({"type": "object"}, [{}, {"a": 1}], ["a"]),
        ({"type": "string", "oneOf": [{"enum": ["a"]}, {}]}, ["a", "b"], [1]),
        (
            {"type": "integer", "oneOf": [{"enum": [0]}, {"minimum": 1024, "maximum": 65535}]},
            [0, 1024],
            [1, "0"],
        ),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, [2], [1]),
        ({"type": "integer", "maximum": 5, "exclusiveMaximum": False}, [5], [6]),
        ({"type": "string", "nullable": True, "enum": ["a"]}, ["a", None], ["b"]),
        ({"type": "string", "pattern": "^a$", "minLength": 1, "maxLength": 1}, ["a"], ["b", ""]),
        ({"type": "string", "pattern": r"\z("}, ["a"], [1]),
        ({"type": "array", "items": {"properties": {"a": TEXT}}}, [[{"a": ""}]], [[{"b": 1}]]),
        (
            {"properties": {"a": {}}, "allOf": [{"properties": {"a": TEXT}}]},
            [{"a": "b"}],
            [{"a": 1}],
        ),
    ],
)
def test_what_a_converted_schema_accepts(schema: Json, good: list[Json], bad: list[Json]) -> None:
    assert [data for data in good if not accepts(schema, data)] == []
    assert [data for data in bad if accepts(schema, data)] == []


def test_forms_beside_properties_say_which_there_must_be() -> None:
    """As of `{value: string} | {secretRef: {…}}`."""
    schema: Json = {
        "type": "object",
        "oneOf": [{"required": ["value"]}, {"required": ["secret"]}],
        "properties": {"value": TEXT, "secret": {"type": "object", "required": ["a"]}},
    }

    assert accepts(schema, {"value": "a"})
    assert accepts(schema, {"secret": {"a": 1}, "value": "a"})
    assert not accepts(schema, {})
    assert not accepts(schema, {"valu": "a"})


def test_a_form_with_properties_of_its_own_is_closed_with_those_of_the_whole() -> None:
    schema: Json = {
        "properties": {"kind": TEXT},
        "oneOf": [{"required": ["a"], "properties": {"a": TEXT}}, {"required": ["kind"]}],
    }

    assert accepts(schema, {"kind": "k", "a": "b"})
    assert not accepts(schema, {"kind": "k", "b": "b"})


def test_what_cue_fills_in_by_itself_is_not_required() -> None:
    """A list, a struct that needs nothing, and null have defaults that the schema does not name."""
    filled: dict[str, Json] = {
        "list": {"type": "array"},
        "struct": {"type": "object", "properties": {"a": {"default": 1}}, "required": ["a"]},
        "nothing": {"type": "string", "nullable": True},
    }
    needed: dict[str, Json] = {"inner": {"type": "object", "required": ["a"], "properties": {}}}
    schema: Json = {"properties": filled | needed, "required": [*filled, *needed]}

    assert from_openapi(cast("dict[str, Json]", schema))["required"] == ["inner"]


def test_a_schema_that_somebody_wrote_stays_open_and_keeps_its_references() -> None:
    schema: dict[str, Json] = {
        "definitions": {"Name": TEXT},
        "required": ["name"],
        "properties": {"name": {"$ref": "#/definitions/Name", "default": "a"}},
    }
    validator = Draft202012Validator(from_json_schema(schema))

    assert validator.is_valid({"name": "a", "more": 1})
    assert not validator.is_valid({"name": 1})
    assert not validator.is_valid({})


def test_what_only_leads_to_itself_asks_for_nothing() -> None:
    definitions: Json = {
        "A": {"$ref": "#/definitions/B"},
        "B": {"anyOf": [{"$ref": "#/definitions/A"}, {"type": "string"}]},
        "List": {"items": {"$ref": "#/definitions/List"}, "type": "array"},
    }
    reference: Json = {"$ref": "#/definitions/A"}
    lists: Json = {"$ref": "#/definitions/List"}
    schema: dict[str, Json] = {
        "definitions": definitions,
        "properties": {"a": reference, "l": lists},
    }
    accepts = Acceptance(from_json_schema(schema)).accepts

    assert accepts({"a": 1, "l": [[[]]]})
    assert not accepts({"l": [[1]]})


@given(st.dictionaries(st.sampled_from(KEYWORDS), ANYTHING))
def test_whatever_it_is_it_becomes_a_schema_whose_violations_we_can_explain(
    schema: dict[str, Json],
) -> None:
    for converted in (from_openapi(schema), from_json_schema(schema)):
        Draft202012Validator.check_schema(converted)
        Acceptance(converted)
        for data in SOME:
            for error in Draft202012Validator(converted).iter_errors(data):
                assert error.validator in schema_rules("2")
