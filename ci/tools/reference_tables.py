# SPDX-License-Identifier: Apache-2.0
"""A definition's JSON Schema as tables of parameters: one of the whole, one for each named part."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Schema = dict[str, Any]  # Any: JSON of any shape


class Row(NamedTuple):
    """One parameter; every text is Markdown."""

    name: str
    type: str
    default: str
    meaning: str


class Table(NamedTuple):
    """The parameters that stand at `paths`; the first one names it, "" is the whole."""

    paths: list[str]
    rows: list[Row]


def tables(schema: Schema) -> list[Table]:
    """The whole first, then its parts by path."""
    return sorted(_Parts(schema.get("$defs", {})).tables(schema), key=lambda each: each.paths)


def anchor(heading: str) -> str:
    """What GitHub makes of a heading, for links to it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


class _Parts:
    """The named structs of a schema, and where each was met so far."""

    def __init__(self, named: Schema) -> None:
        self._named = named
        self._paths: dict[str, list[str]] = {}

    def tables(self, schema: Schema) -> list[Table]:
        made = [Table([""], list(self._rows(schema, "", "")))]
        while len(made) <= len(self._paths):
            name = list(self._paths)[len(made) - 1]
            paths = self._paths[name]
            made.append(Table(paths, list(self._rows(self._named[name], paths[0], ""))))
        return made

    def _rows(self, struct: Schema, place: str, within: str) -> Iterator[Row]:
        for name, field in struct["properties"].items():
            path = f"{place}.{name}" if place else name
            default = "required" if name in struct.get("required", ()) else _default(field)
            yield Row(f"{within}{name}", self._type(field, path), default, field["description"])
            inner, mark = (field["items"], "[]") if "items" in field else (field, "")
            if "properties" in inner:
                yield from self._rows(inner, path + mark, f"{within}{name}{mark}.")

    def _type(self, field: Schema, path: str, many: str = "") -> str:
        if "$ref" in field:
            return self._named_type(field["$ref"].rpartition("/")[2], path, many)
        if "enum" in field or "const" in field:
            return ", ".join(_code(word) for word in field.get("enum", [field.get("const")]))
        if "anyOf" in field:
            return " or ".join(self._type(each, path, many) for each in field["anyOf"])
        match field["type"]:
            case "array":
                return f"list of {self._type(field['items'], path + '[]', 's')}"
            case "object" if "properties" not in field:
                return f"map of {self._type(_values(field), path + '.<name>', 's')}"
            case word:
                return f"{word}{many}{_bounds(field)}"

    def _named_type(self, name: str, path: str, many: str) -> str:
        if "properties" not in self._named[name]:
            return self._type(self._named[name], path, many)
        paths = self._paths.setdefault(name, [])
        if path not in paths:
            paths.append(path)
        return f"[object{many}](#{anchor(paths[0])})"


def _values(field: Schema) -> Schema:
    """What the values of a map must be."""
    patterns: Schema = field.get("patternProperties", {})
    return dict(next(iter(patterns.values()), field["additionalProperties"]))


def _bounds(field: Schema) -> str:
    match field:
        case {"minimum": lowest, "maximum": highest}:
            return f", {lowest} to {highest}"
        case {"exclusiveMinimum": below}:
            return f" above {below}"
    return ""


def _default(field: Schema) -> str:
    return _code(field["default"]) if "default" in field else ""


def _code(value: Any) -> str:  # Any: a scalar of JSON
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"
