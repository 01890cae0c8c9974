# SPDX-License-Identifier: Apache-2.0
"""Walks a definition's JSON Schema beside what was written for it."""

import json
from collections.abc import Iterator
from typing import Any

from ci.tools.schema import SCHEMAS, Json

Path = tuple[str | int, ...]
Schema = Any  # JSON of any shape


def schema(definition: str) -> Schema:
    return json.loads((SCHEMAS / f"{definition}.json").read_text(encoding="utf-8"))


def structs(rules: Schema, value: Json, root: Schema = None, path: Path = ()) -> Iterator[Path]:
    """Where `value` has structs that take no further fields."""
    root = root or rules
    rules = _resolved(rules, root)
    if isinstance(value, dict) and "properties" in rules:
        assert rules["additionalProperties"] is False, path
        yield path
        for name in value:
            yield from structs(rules["properties"][name], value[name], root, (*path, name))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from structs(rules["items"], item, root, (*path, index))


def fields(
    rules: Schema, root: Schema = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Every field that a schema has, with its rules; a list's are those of its items."""
    root = root or rules
    rules = _resolved(rules, root)
    while "items" in rules:
        rules = _resolved(rules["items"], root)
    if path:
        yield path, rules
    for name, field in rules.get("properties", {}).items():
        yield from fields(field, root, (*path, name))


def written(value: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every field that `value` has, those in a list without their places."""
    for item in value if isinstance(value, list) else ():
        yield from written(item, path)
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield (*path, name)
        yield from written(inner, (*path, name))


def _resolved(rules: Schema, root: Schema) -> Schema:
    return root["$defs"][rules["$ref"].rpartition("/")[2]] if "$ref" in rules else rules


def at(value: Any, path: Path) -> Any:  # Any: JSON
    for key in path:
        value = value[key]
    return value
