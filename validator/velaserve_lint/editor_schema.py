# SPDX-License-Identifier: Apache-2.0
"""One JSON Schema for whole Applications, as editors take it (draft 7).

The linter applies a schema to each part instead: it can say more, and knows what stands elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.definitions import schema_of, shipped
from velaserve_lint.package_data import json_of
from velaserve_lint.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.definitions import Kind

Schema: TypeAlias = dict[str, Any]  # Any: JSON Schemas of our own

DRAFT = "http://json-schema.org/draft-07/schema#"
_KINDS: Mapping[str, Kind] = {
    "Component": "component",
    "Trait": "trait",
    "Policy": "policy",
    "Step": "workflow-step",
    "SubStep": "workflow-step",
}
"""Of what the envelope calls so."""
_DEMANDS = ("required", "allOf", "if", "then", "else")


def application_schema() -> Schema:
    """Properties are checked where the type is ours, other types are taken as they are."""
    envelope = _envelope()
    parts = {name: _in_draft_7(part, "") for name, part in envelope.pop("$defs").items()}
    for name, kind in _KINDS.items():
        parts[name] = _with_types(parts[name], kind)
    for kind in sorted(set(_KINDS.values())):
        for type_name in _own(kind):
            parts |= _parts(kind, type_name)
    made = {
        "$schema": DRAFT,
        "$comment": f"Made by velaserve-lint schema, {VERSION}",
    }
    return {**made, **_in_draft_7(envelope, ""), "definitions": parts}


def _envelope() -> Schema:
    envelope = json_of("envelope/application.json")
    del envelope["$schema"], envelope["$comment"]
    return envelope


def _own(kind: Kind) -> Iterator[str]:
    return (one.name for one in shipped().values() if one.kind == kind and one.origin == "ours")


def _with_types(part: Schema, kind: Kind) -> Schema:
    """The part with the names that are known, for completion, and what follows from ours."""
    type_ = {"anyOf": [{"enum": SHIPPED.names(kind)}, part["properties"]["type"]]}
    follows = [one for name in _own(kind) for one in _follows(part, kind, name)]
    conditions = {"allOf": follows} if follows else {}
    return {**part, "properties": {**part["properties"], "type": type_}, **conditions}


def _follows(part: Schema, kind: Kind, name: str) -> Iterator[Schema]:
    """The version that a type may name, as in model-serving@v1, changes nothing."""
    version = {"properties": {"type": {"pattern": f"^{name}(@|$)"}}, "required": ["type"]}
    yield {"if": version, "then": _properties(f"{kind}.{name}")}
    schema = schema_of(kind, name) or {}
    if not schema.keys().isdisjoint(_DEMANDS):
        # Inputs may bring what is missing.
        unfilled = {"not": {"required": ["inputs"]}} if "inputs" in part["properties"] else {}
        demands = {**_properties(f"{kind}.{name}.demands"), **_needs_properties(schema)}
        yield {"if": {**version, **unfilled}, "then": demands}


def _properties(name: str) -> Schema:
    return {"properties": {"properties": _reference(name)}}


def _needs_properties(schema: Mapping[str, object]) -> Schema:
    from jsonschema import Draft202012Validator

    return {} if Draft202012Validator(schema).is_valid({}) else {"required": ["properties"]}


def _parts(kind: Kind, type_name: str) -> Schema:
    """The schema of a type: what it can have, what it must have, and what both refer to."""
    prefix = f"{kind}.{type_name}"
    schema = _in_draft_7(dict(schema_of(kind, type_name) or {}), f"{prefix}.")
    named = schema.pop("$defs", {})
    demands = {key: schema.pop(key) for key in _DEMANDS if key in schema}
    del schema["$schema"]
    whole = {prefix: {**schema, "type": ["object", "null"]}}
    parts = {f"{prefix}.{name}": part for name, part in named.items()}
    return {**whole, **({f"{prefix}.demands": demands} if demands else {}), **parts}


def _in_draft_7(value: Any, prefix: str) -> Any:
    """There, what stands beside a $ref does not count; keys of our own are left out."""
    if isinstance(value, list):
        return [_in_draft_7(one, prefix) for one in value]
    if not isinstance(value, dict):
        return value
    keys = [key for key in value if key != "$ref" and not key.startswith("x-")]
    inner = {key: _in_draft_7(value[key], prefix) for key in keys}
    if "$ref" not in value:
        return inner
    moved = _reference(prefix + value["$ref"].removeprefix("#/$defs/"))
    return {**inner, "allOf": [moved]} if inner else moved


def _reference(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}
