# SPDX-License-Identifier: Apache-2.0
"""The forms of VelaUX, one UI schema a definition, made from the definition's JSON Schema.

VelaUX makes a form by itself, too, but takes what has a default for required, and offers what a
definition always refuses or only a workflow step may set.
"""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ci.addon.labels import label
from ci.tools.inlined import inlined
from ci.tools.reference import KINDS
from ci.tools.schema import SCHEMAS

Field = dict[str, Any]  # Any: JSON of any shape
# How the usage of a parameter begins that nobody is to fill in.
_NOT_BY_HAND = ("Refused: ", "Set by the workflow steps ")
_LISTS = ("KV", "Numbers", "Strings", "Structs")
_RULES = {"default": "defaultValue", "minimum": "min", "maximum": "max", "pattern": "pattern"}


def name(definition: Path) -> str:
    """Of the file; without its ending, of the ConfigMap where VelaUX looks for it."""
    kind = KINDS[definition.parent.name].replace(" ", "")
    return f"{kind}-uischema-{definition.stem}.yaml"


def text(definition: Path) -> str:
    schema = json.loads((SCHEMAS / f"{definition.stem}.json").read_text(encoding="utf-8"))
    return yaml.safe_dump(form(inlined(schema)), sort_keys=False, width=200, allow_unicode=True)


def form(schema: Field) -> list[Field]:
    """The parameters of a schema without `$ref`: first the required, last those with parts."""
    required = schema.get("required", [])
    sometimes = [*_sometimes_required(schema)]
    made = [_parameter(key, field, key in required) for key, field in schema["properties"].items()]
    made.sort(key=lambda each: _rank(each, sometimes))
    return [{"sort": place, **each} for place, each in enumerate(made, start=1)]


def _rank(parameter: Field, sometimes: list[str]) -> tuple[bool, bool, bool, str]:
    key, required = parameter["jsonKey"], "required" in parameter["validate"]
    return not required, key not in sometimes, "subParameters" in parameter, key


def _sometimes_required(rules: Field) -> Iterator[str]:
    """What a condition of the schema asks for."""
    yield from rules.get("then", {}).get("required", [])
    for condition in rules.get("allOf", []):
        yield from _sometimes_required(condition)


def _parameter(key: str, field: Field, required: bool) -> Field:
    field = _as_typed(field)
    ui_type = _ui_type(field)
    parameter: Field = {
        "jsonKey": key,
        "label": label(key),
        "description": _described(field["description"], ui_type),
        "uiType": ui_type,
        "validate": ({"required": True} if required else {}) | _validate(field),
    }
    if field["description"].startswith(_NOT_BY_HAND) or _is_map_of_structs(field):
        parameter["disable"] = True
    struct = field.get("items", field)
    if "properties" in struct:
        parameter["subParameters"] = form(struct)
    return parameter


def _described(usage: str, ui_type: str) -> str:
    """VelaUX takes it for HTML, but for lists and maps, and would show no `<name>`."""
    return usage if ui_type in _LISTS else html.escape(usage, quote=False)


def _as_typed(field: Field) -> Field:
    """Of a number or a text, the text: that is what comes out of a form's line."""
    texts = [each for each in field.get("anyOf", []) if each["type"] == "string"]
    return field | texts[0] if texts else field


def _validate(field: Field) -> Field:
    rules = {rule: field[key] for key, rule in _RULES.items() if key in field}
    if options := field.get("enum", [field["const"]] if "const" in field else []):
        rules["options"] = [{"label": str(option), "value": option} for option in options]
    return rules


def _ui_type(field: Field) -> str:
    match field:
        case {"enum": _} | {"const": _}:
            return "Select"
        case {"type": "boolean"}:
            return "Switch"
        case {"type": "integer" | "number"}:
            return "Number"
        case {"items": {"properties": _}}:
            return "Structs"
        case {"items": {"type": "integer" | "number"}}:
            return "Numbers"
        case {"items": _}:
            return "Strings"
        case {"properties": _}:
            return "Group"
        case {"type": "object"}:
            return "KV"
    return "Input"


def _is_map_of_structs(field: Field) -> bool:
    """VelaUX has no field for it: its KV would write texts."""
    values = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
    return any(isinstance(each, dict) and "properties" in each for each in values)
