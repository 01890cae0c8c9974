# SPDX-License-Identifier: Apache-2.0
"""Each bound of a component's parameters, just inside and just outside: schema and CUE agree."""

import json
from functools import cache
from pathlib import Path
from typing import cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from ci.tools.cue import NEW, OLD, cue
from ci.tools.schema import Json, parameters
from ci.tools.tree import ROOT
from support.definition import needs_cue
from support.overlay import at_path, laid_over
from support.schema_fields import fields, schema

# For each component `base`, which it takes, then paths of fields with values in bounds and outside;
# `with` is what the field needs beside it.
TABLE = yaml.safe_load(Path(__file__).with_name("bounds.yaml").read_text(encoding="utf-8"))
Row = tuple[str, str, int]
ACCEPTED: list[Row] = [
    (component, path, place)
    for component, table in TABLE.items()
    for path, values in table["bounds"].items()
    for place in range(len(values["accepted"]))
]
REFUSED: list[Row] = [
    (component, path, place)
    for component, table in TABLE.items()
    for path, values in table["bounds"].items()
    for place in range(len(values["refused"]))
]


def properties(row: Row, verdict: str) -> dict[str, Json]:
    """The base with the row's value at its dotted path; `[]` after a name is a list of one."""
    component, path, place = row
    rules = TABLE[component]["bounds"][path]
    value = rules[verdict][place]
    base = laid_over(TABLE[component]["base"], rules.get("with", {}))
    return cast("dict[str, Json]", laid_over(base, at_path(path, value)))


@pytest.mark.parametrize("row", ACCEPTED, ids=str)
def test_schema_accepts(row: Row) -> None:
    _validator(row[0]).validate(properties(row, "accepted"))


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_schema_refuses(row: Row) -> None:
    errors = list(_validator(row[0]).iter_errors(properties(row, "refused")))
    assert errors
    for error in errors:
        where = ".".join(str(key) for key in error.absolute_path if isinstance(key, str))
        assert where.startswith(row[1].replace("[]", ""))


@cache
def _validator(component: str) -> Draft202012Validator:
    return Draft202012Validator(schema(component))


@needs_cue
@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("verdict", ["accepted", "refused"])
@pytest.mark.parametrize("component", TABLE)
def test_definition_agrees(component: str, verdict: str, version: str) -> None:
    rows = [row for row in (ACCEPTED if verdict == "accepted" else REFUSED) if row[0] == component]
    taken = _taken(component, [properties(row, verdict) for row in rows], version)
    wrong = [row for row, each in zip(rows, taken, strict=True) if each != (verdict == "accepted")]
    assert wrong == []


def _taken(component: str, values: list[dict[str, Json]], version: str) -> list[bool]:
    """Whether the parameters take each of the values."""
    source = parameters(ROOT / "components" / f"{component}.cue")
    source += (
        f"\nvalues: {json.dumps(values)}\ntaken: [for each in values {{(#Params & each) != _|_}}]"
    )
    return cast("list[bool]", json.loads(cue(version, "export", "-e", "taken", "-", source=source)))


@pytest.mark.parametrize("component", TABLE)
def test_every_field_with_a_bound_is_tried(component: str) -> None:
    tried = {tuple(path.replace("[]", "").split(".")) for path in TABLE[component]["bounds"]}
    assert _bounded(component) - tried == set()


@cache
def _bounded(component: str) -> set[tuple[str, ...]]:
    rules = schema(component)
    return {path for path, field in fields(rules) if _is_bounded(field, rules)}


def _is_bounded(field: dict[str, Json], root: dict[str, Json]) -> bool:
    if isinstance(name := field.get("$ref"), str):
        field = cast("dict[str, dict[str, Json]]", root["$defs"])[name.rpartition("/")[2]]
    bounds = {"enum", "const", "pattern", "minimum", "maximum", "anyOf"}
    return bool(bounds & field.keys())
