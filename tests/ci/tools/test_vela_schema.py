# SPDX-License-Identifier: Apache-2.0
"""The program that asks KubeVela for schemas says what KubeVela says, also when it refuses."""

from pathlib import Path

import pytest

from support.vela_schema import Made, SchemaRefused, VelaSchema

DEFINITION = """\
one: {{
	type: "{type}"
	attributes: {{}}
}}
template: {{
	parameter: {{
		// +usage=How many
		count: {count}
	}}
}}
"""
PLAIN = "*1 | int"


def definition(folder: Path, kind: str = "component", count: str = PLAIN) -> Path:
    file = folder / "one.cue"
    file.write_text(DEFINITION.format(type=kind, count=count), encoding="utf-8")
    return file


def form(folder: Path, text: str) -> Path:
    file = folder / "component-uischema-one.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def only(vela_schema: VelaSchema, file: Path) -> Made:
    return vela_schema.ask([file])[file]


@pytest.mark.parametrize("kind", ["component", "trait", "workflow-step"])
def test_schema_of_a_definition(vela_schema: VelaSchema, tmp_path: Path, kind: str) -> None:
    count = {"title": "count", "type": "integer", "default": 1, "description": "How many"}
    schema = only(vela_schema, definition(tmp_path, kind))
    assert schema == {"type": "object", "properties": {"count": count}, "required": ["count"]}


def test_form_as_velaux_reads_it(vela_schema: VelaSchema, tmp_path: Path) -> None:
    read = only(vela_schema, form(tmp_path, "[{jsonKey: count, label: Count, uiType: Number}]"))
    assert [(each["jsonKey"], each["uiType"]) for each in read] == [("count", "Number")]


def test_bounds_beside_a_default(vela_schema: VelaSchema, tmp_path: Path) -> None:
    """Why our definitions have a null there that is never taken: KubeVela makes no schema else."""
    with pytest.raises(SchemaRefused, match="unsupported op for number &"):
        only(vela_schema, definition(tmp_path, count="*1 | (int & >=1 & <=9)"))
    file = definition(tmp_path, count="*1 | or([int & >=1 & <=9, null])")
    count = only(vela_schema, file)["properties"]["count"]
    assert (count["default"], count["minimum"], count["maximum"]) == (1, 1, 9)


@pytest.mark.parametrize(
    ("kind", "count", "said"),
    [
        ("component", "{", "expected"),
        ("policy", PLAIN, "PolicyDefinition is none of component, trait and workflow step"),
    ],
)
def test_definition_is_refused(
    vela_schema: VelaSchema, tmp_path: Path, kind: str, count: str, said: str
) -> None:
    with pytest.raises(SchemaRefused, match=said):
        only(vela_schema, definition(tmp_path, kind, count))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[{lable: Count}]", 'unknown field "lable"'),
        ("[{jsonKey: count, conditions: [{op: '<', jsonKey: b}]}]", "the op of the condition"),
        ("count: {}", "cannot unmarshal object"),
    ],
)
def test_form_is_refused(vela_schema: VelaSchema, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SchemaRefused, match=said):
        only(vela_schema, form(tmp_path, text))


def test_file_that_is_not_there(vela_schema: VelaSchema, tmp_path: Path) -> None:
    with pytest.raises(SchemaRefused, match="no such file"):
        only(vela_schema, tmp_path / "nowhere.cue")
