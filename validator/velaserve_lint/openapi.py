# SPDX-License-Identifier: Apache-2.0
"""Makes a schema that can be linted with from one of KubeVela's, which is OpenAPI 3.0.

As it stands, such a schema refuses valid Applications and accepts typos: what has a default is
required, no object is closed, and the forms of `"a" | string` exclude each other. Keywords that no
rule of ours explains are left out: whatever a cluster has, none of them can be violated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from velaserve_lint.definitions import Schema
    from velaserve_lint.document import Json

Struct: TypeAlias = "dict[str, Json]"

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_BOUNDS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_LENGTHS = ("minLength", "maxLength")
_WORDS = frozenset({"default", "description"})
_PARTS = re.compile(r"^#/(\$defs|definitions)/")


def from_openapi(schema: Mapping[str, Json]) -> Schema:
    """Of what KubeVela stores in a ConfigMap: objects are closed, but where `...` opened them."""
    return _Converter(closes=True, fills_in=True).converted(dict(schema))


def from_json_schema(schema: Mapping[str, Json]) -> Schema:
    """Of one that somebody has written, which says itself what is closed and required."""
    parts = {**_struct(schema.get("definitions")), **_struct(schema.get("$defs"))}
    known = frozenset(parts) - _endless(parts)
    converter = _Converter(closes=False, fills_in=False, parts=known)
    definitions: Json = {name: converter.converted(part) for name, part in parts.items()}
    return {"$defs": definitions, **converter.converted(dict(schema))}


def _endless(parts: Struct) -> set[str]:
    """Those that lead back to themselves before any data are looked into: they ask for nothing."""
    leads = {name: set(_referred(part)) for name, part in parts.items()}
    for _ in leads:
        leads = {
            name: further.union(*(leads.get(one, ()) for one in further))
            for name, further in leads.items()
        }
    return {name for name, further in leads.items() if name in further}


def _referred(schema: Json) -> Iterator[str]:
    """The parts that a schema applies to the same value."""
    struct = _struct(schema)
    if isinstance(reference := struct.get("$ref"), str):
        yield _PARTS.sub("", reference)
    for form in (*_list(struct.get("allOf")), *_forms(struct)):
        yield from _referred(form)


@dataclass(frozen=True, slots=True)
class _Converter:
    """`fills_in` requires nothing that has a default; `parts` are what references can lead to."""

    closes: bool
    fills_in: bool
    parts: frozenset[str] = frozenset()

    def converted(self, schema: Json) -> Struct:
        """Anything goes where there is no mapping: `true` says so, the rest is nonsense."""
        if not isinstance(schema, dict):
            return {}
        result = {**_value(schema), **_limits(schema), **self._reference(schema)}
        result |= self._members(schema)
        if "items" in schema:
            result["items"] = self.converted(schema["items"])
        if every := _list(schema.get("allOf")):
            result["allOf"] = [replace(self, closes=False).converted(one) for one in every]
        return result | self._forms(schema, _struct(result.get("properties")))

    def _reference(self, schema: Struct) -> Struct:
        reference = schema.get("$ref")
        name = _PARTS.sub("", reference) if isinstance(reference, str) else None
        return {"$ref": f"#/$defs/{name}"} if name in self.parts else {}

    def _members(self, schema: Struct) -> Struct:
        result: Struct = {}
        named = {key: self.converted(one) for key, one in self._named(schema).items()}
        if named:
            result["properties"] = {**named}
        patterns = _struct(schema.get("patternProperties"))
        inner = {key: self.converted(one) for key, one in patterns.items() if _is_pattern(key)}
        if inner:
            result["patternProperties"] = {**inner}
        closed = self.closes and bool(named)
        others = (
            schema.get("additionalProperties", not closed) if len(inner) == len(patterns) else True
        )
        if others is not True:
            result["additionalProperties"] = others is not False and self.converted(others)
        given = [key for key, one in named.items() if self.fills_in and _is_filled(one)]
        return result | _required(schema, given)

    def _named(self, schema: Struct) -> Struct:
        """The properties, with those of the forms beside them, which an object may have, too."""
        named = _struct(schema.get("properties"))
        if not named:
            return {}
        beside = (_struct(_struct(form).get("properties")) for form in _forms(schema))
        return {**{key: True for properties in beside for key in properties}, **named}

    def _forms(self, schema: Struct, properties: Struct) -> Struct:
        """As alternatives, unless one of them asks for nothing."""
        apart = replace(self, closes=self.closes and not properties)
        forms: list[Json] = []
        for form in map(_struct, _forms(schema)):
            optional = {key: one for key, one in form.items() if key != "required"}
            converted = apart.converted(optional)
            named = {**properties, **_struct(converted.get("properties"))}
            given = [key for key, one in named.items() if self.fills_in and _is_filled(one)]
            converted |= _required(form, given)
            if not converted.keys() - _WORDS:
                return {}
            forms.append(converted)
        return {"anyOf": forms} if forms else {}


def _value(schema: Struct) -> Struct:
    """What a value is: `nullable` is a type in JSON Schema, and one more choice."""
    result: Struct = {key: schema[key] for key in ("const", "default") if key in schema}
    if isinstance(usage := schema.get("description"), str):
        result["description"] = usage
    given = schema.get("type")
    types = [one for one in map(str, _list(given) or [given]) if one in _TYPES]
    nothing: list[Json] = [None] if schema.get("nullable") is True else []
    if types:
        types = list(dict.fromkeys([*types, *("null" for _ in nothing)]))
        result["type"] = types[0] if len(types) == 1 else [*types]
    if choices := _list(schema.get("enum")):
        result["enum"] = choices + nothing
    return result


def _limits(schema: Struct) -> Struct:
    """Lengths, patterns and bounds; OpenAPI says beside a bound whether it is excluded."""
    result = {key: schema[key] for key in _LENGTHS if _is_length(schema.get(key))}
    if _is_pattern(schema.get("pattern")):
        result["pattern"] = schema["pattern"]
    for bound, excluded in _BOUNDS.items():
        if _is_number(schema.get(bound)):
            result[excluded if schema.get(excluded) is True else bound] = schema[bound]
        if _is_number(schema.get(excluded)):
            result[excluded] = schema[excluded]
    return result


def _forms(schema: Struct) -> list[Json]:
    return [*_list(schema.get("oneOf")), *_list(schema.get("anyOf"))]


def _required(schema: Struct, given: Container[str]) -> Struct:
    names = [one for one in _list(schema.get("required")) if isinstance(one, str)]
    needed = [name for name in dict.fromkeys(names) if name not in given]
    return {"required": [*needed]} if needed else {}


def _is_filled(schema: Json) -> bool:
    """Whether CUE makes something of it where nothing is written.

    Of lists, and where null is possible, KubeVela's schema does not say what the default is.
    """
    struct = _struct(schema)
    types = _list(struct.get("type")) or [struct.get("type")]
    is_struct = types == ["object"] and not struct.keys() & {"required", "anyOf"}
    return "default" in struct or is_struct or bool({"array", "null"} & {*map(str, types)})


def _is_pattern(value: Json) -> bool:
    """Go's expressions know a few things that Python's do not."""
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def _is_length(value: Json) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _struct(value: Json) -> Struct:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
