# SPDX-License-Identifier: Apache-2.0
"""The quick yes or no is jsonschema's: for our own schemas, whole examples and broken ones."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint.acceptance import Acceptance, quick_acceptance
from velaserve_lint.definitions import schema_of
from velaserve_lint.kinds import is_application
from velaserve_lint.reading import read_application
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FILES = [*ROOT.glob("applications/*.yaml"), *ROOT.glob("tests/components/*/*/app.yaml")]
ENVELOPE = resources.files("velaserve_lint.envelope").joinpath("application.json")
Json = Any  # of any shape
VALUES: list[Json] = [None, True, 0, -1, 1.0, 1.5, 10**12, "", "x", "5m", [], [1], {}, {"a": 1}]


def examples() -> Iterator[tuple[str, Json, Json]]:
    """Each name, schema and data that stands in a file of ours."""
    for file in FILES:
        for document in read(file.read_bytes(), file.name).documents:
            if is_application(document):
                if file.parent.name == "applications":
                    yield file.name, json.loads(ENVELOPE.read_text("utf-8")), document.data
                for typed in read_application(document).typed():
                    if schema := schema_of(typed.kind, typed.definition):
                        yield typed.type, schema, typed.properties


def broken(data: Json) -> Iterator[Json]:
    """The data with each value in turn replaced, removed, or given a neighbour."""
    for path in list(paths(data)):
        changed = deepcopy(data)
        parent = at(changed, path[:-1])
        original = parent[path[-1]]
        for value in VALUES:
            parent[path[-1]] = value
            yield changed
        if isinstance(parent, dict):
            del parent[path[-1]]
            yield changed
            parent[f"{path[-1]}x"] = original
            yield changed


def paths(data: Json, path: tuple[Json, ...] = ()) -> Iterator[tuple[Json, ...]]:
    listed = list(enumerate(data)) if isinstance(data, list) else []
    for step, value in data.items() if isinstance(data, dict) else listed:
        yield (*path, step)
        yield from paths(value, (*path, step))


def at(data: Json, path: tuple[Json, ...]) -> Json:
    for step in path:
        data = data[step]
    return data


def unique() -> list[Any]:
    seen = {
        json.dumps([name, data], sort_keys=True): (name, s, data) for name, s, data in examples()
    }
    return [pytest.param(schema, data, id=name) for name, schema, data in seen.values()]


@pytest.mark.parametrize(("schema", "data"), unique())
def test_it_says_what_jsonschema_says(schema: Json, data: Json) -> None:
    accepts, validator = Acceptance(schema).accepts, Draft202012Validator(schema)

    for changed in [data, *broken(data)]:
        assert accepts(changed) is validator.is_valid(changed), changed


def test_a_definition_may_refer_to_itself() -> None:
    accepts = quick_acceptance(
        {"$ref": "#/$defs/T", "$defs": {"T": {"items": {"$ref": "#/$defs/T"}}}}
    )

    assert accepts([[[]]])


@pytest.mark.parametrize(
    "schema", [{"oneOf": []}, {"$ref": "#/$defs/a", "$defs": {"a": {"else": {}}}}]
)
def test_a_keyword_that_is_not_known_is_left_to_jsonschema(schema: Json) -> None:
    assert not quick_acceptance(schema)({})
