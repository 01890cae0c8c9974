# SPDX-License-Identifier: Apache-2.0
"""VelaUX gets a form for each definition: every parameter once, as KubeVela's types have it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci.addon.forms import form, name, text
from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir
from ci.tools.schema import definitions
from support.schema_fields import fields, schema
from support.vela_render import VERSIONS
from support.vela_schema import VelaSchema

Parameters = list[dict[str, Any]]
FORMS: dict[str, Parameters] = {file.stem: yaml.safe_load(text(file)) for file in definitions()}
each_definition = pytest.mark.parametrize("definition", FORMS)


def every(parameters: Parameters, above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for each in parameters:
        path = f"{above}.{each['jsonKey']}".removeprefix(".")
        yield path, each
        yield from every(each.get("subParameters", []), path)


@each_definition
def test_every_parameter_is_there_once(definition: str) -> None:
    found = Counter(path for path, _ in every(FORMS[definition]))
    assert found == Counter(".".join(path) for path, _ in fields(schema(definition)))


def test_kubevela_reads_every_form(vela_schema: VelaSchema, tmp_path: Path) -> None:
    files = {tmp_path / name(file): file.stem for file in definitions()}
    for file, definition in files.items():
        file.write_text(yaml.safe_dump(FORMS[definition]), encoding="utf-8")
    for file, read in vela_schema.ask(files).items():
        for _, each in every(read):
            assert each["validate"].pop("immutable") is False  # KubeVela always says it
        assert read == FORMS[files[file]]


@pytest.mark.parametrize("version", VERSIONS)
def test_kubevela_has_every_kind_of_field(version: str) -> None:
    try:
        folder = module_dir("github.com/oam-dev/kubevela", version, offline=True)
    except NotReady as err:
        pytest.skip(str(err))
    source = (folder / "pkg/utils/schema/ui_schema.go").read_text(encoding="utf-8")
    used = {each["uiType"] for parameters in FORMS.values() for _, each in every(parameters)}
    assert used <= set(re.findall(r'return "(\w+)"', source))


def test_what_nobody_is_to_fill_in_is_not_shown() -> None:
    hidden = {
        f"{definition}: {path}"
        for definition, parameters in FORMS.items()
        for path, each in every(parameters)
        if each.get("disable")
    }
    of_blocks = {each for each in hidden if each.endswith(".runtimeVersion")}
    assert hidden - of_blocks == {
        "inference-graph: nodes",
        "kfserving: canaryTrafficPercent",
        "kfserving: containerConcurrency",
        "model-serving: canary",
    }


def test_what_is_needed_comes_first() -> None:
    assert [each["jsonKey"] for each in FORMS["model-serving"][:2]] == ["modelUri", "modelFormat"]
    assert [each["jsonKey"] for each in FORMS["autoscaler"][:2]] == ["maxReplicas", "minReplicas"]
    for parameters in FORMS.values():
        assert [each["sort"] for each in parameters] == [*range(1, len(parameters) + 1)]


@pytest.mark.parametrize(
    ("field", "ui_type", "validate"),
    [
        ({"type": "boolean", "default": True}, "Switch", {"defaultValue": True}),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "Number", {"min": 0, "max": 9}),
        ({"type": "string", "pattern": "^a"}, "Input", {"pattern": "^a"}),
        ({"const": "a"}, "Select", {"options": [{"label": "a", "value": "a"}]}),
        ({"enum": [5]}, "Select", {"options": [{"label": "5", "value": 5}]}),
        ({"type": "array", "items": {"type": "string"}}, "Strings", {}),
        ({"type": "array", "items": {"type": "integer"}}, "Numbers", {}),
        ({"type": "array", "items": {"properties": {}}}, "Structs", {}),
        ({"type": "object", "properties": {}}, "Group", {}),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "KV", {}),
        (
            {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "m$"}]},
            "Input",
            {"pattern": "m$"},
        ),
    ],
    ids=str,
)
def test_field(field: dict[str, Any], ui_type: str, validate: dict[str, Any]) -> None:
    described = {"description": "What"} | field
    (made,) = form({"properties": {"one": described}, "required": ["one"]})
    assert (made["uiType"], made["validate"]) == (ui_type, {"required": True} | validate)


def test_description_is_html_where_velaux_shows_html() -> None:
    rules = {"type": "string", "description": "<name>"}
    many = {"type": "array", "items": rules, "description": "<name>"}
    one, several = form({"properties": {"one": rules, "several": many}})
    assert (one["description"], several["description"]) == ("&lt;name&gt;", "<name>")
