# SPDX-License-Identifier: Apache-2.0
"""Whether a JSON Schema accepts data: yes or no, without saying why, and therefore quickly.

Most files are clean. They are accepted here, ten times faster than jsonschema explains that nothing
is wrong, and without the 0.15 s that importing it takes; what is refused is given to jsonschema.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from velaserve_lint.document import Json

Check: TypeAlias = "Callable[[Json], bool]"
Schema: TypeAlias = "Mapping[str, Any]"  # Any: a JSON Schema
Compiler: TypeAlias = "Callable[[Acceptance, Schema], Check]"
Comparison: TypeAlias = "Callable[[float, float], bool]"
Measure: TypeAlias = "Callable[[Json], float | None]"

_MEMBERS = ("properties", "patternProperties", "additionalProperties", "required")
_SILENT = frozenset({"$comment", "$defs", "$schema", "default", "description", "title", "then"})
_TYPES: Mapping[str, Check] = {
    "array": lambda data: isinstance(data, list),
    "boolean": lambda data: isinstance(data, bool),
    "integer": lambda data: _is_integer(data),
    "null": lambda data: data is None,
    "number": lambda data: _value(data) is not None,
    "object": lambda data: isinstance(data, dict),
    "string": lambda data: isinstance(data, str),
}


class Acceptance:
    """The checks of one schema, made once."""

    def __init__(self, schema: Schema) -> None:
        """Compile the schema.

        Raises:
            KeyError: it has a keyword that is not known here.
        """
        self._definitions: Mapping[str, Schema] = schema.get("$defs", {})
        self._referred: dict[str, Check] = {}
        self.accepts = self._check(schema)

    def _check(self, schema: Schema | bool) -> Check:
        if isinstance(schema, bool):
            return lambda _: schema
        keywords = {_family(key) for key in schema if not _is_silent(key)}
        if _MEMBERS[0] in keywords and schema.get("type") == "object":
            keywords.remove("type")  # looked at there
        checks = [_KEYWORDS[key](self, schema) for key in sorted(keywords, key=_cost)]
        return checks[0] if len(checks) == 1 else _every(checks)

    def _all(self, schemas: list[Schema]) -> list[Check]:
        return [self._check(schema) for schema in schemas]

    def reference(self, schema: Schema) -> Check:
        """Within itself, a definition is looked up when data is there."""
        name = schema["$ref"].removeprefix("#/$defs/")
        if name not in self._referred:
            self._referred[name] = lambda data: self._referred[name](data)
            self._referred[name] = self._check(self._definitions[name])
        return self._referred[name]

    def members(self, schema: Schema) -> Check:
        """`properties`, `patternProperties` and `additionalProperties` look at each other.

        What is required is looked at with them: a mapping is then one call.
        """
        named = {key: self._check(inner) for key, inner in schema.get("properties", {}).items()}
        patterns = [
            (re.compile(pattern), self._check(inner))
            for pattern, inner in schema.get("patternProperties", {}).items()
        ]
        others = self._check(schema.get("additionalProperties", True))
        may_be_other = schema.get("type") != "object"
        has_all = frozenset(schema.get("required", ())).issubset

        def member(key: str, value: Json) -> bool:
            matching = [check for pattern, check in patterns if pattern.search(key)]
            matching += [named[key]] if key in named else []
            return all(check(value) for check in matching or (others,))

        def accepts(data: Json) -> bool:
            """A loop, not all(): this is where most of the time is spent."""
            if not isinstance(data, dict):
                return may_be_other
            for key, value in data.items():
                if not (member(key, value) if patterns else named.get(key, others)(value)):
                    return False
            return has_all(data)

        return accepts

    def items(self, schema: Schema) -> Check:
        check = self._check(schema["items"])
        return lambda data: not isinstance(data, list) or all(check(item) for item in data)

    def any_of(self, schema: Schema) -> Check:
        checks = self._all(schema["anyOf"])
        return lambda data: any(check(data) for check in checks)

    def all_of(self, schema: Schema) -> Check:
        return _every(self._all(schema["allOf"]))

    def negation(self, schema: Schema) -> Check:
        check = self._check(schema["not"])
        return lambda data: not check(data)

    def condition(self, schema: Schema) -> Check:
        condition, then = self._check(schema["if"]), self._check(schema.get("then", True))
        return lambda data: not condition(data) or then(data)


def _every(checks: list[Check]) -> Check:
    def accepts(data: Json) -> bool:
        for check in checks:  # noqa: SIM110 a loop, as above
            if not check(data):
                return False
        return True

    return accepts


def _is_silent(keyword: str) -> bool:
    return keyword in _SILENT or keyword.startswith("x-")


def _family(keyword: str) -> str:
    """The keywords for members are one check."""
    return _MEMBERS[0] if keyword in _MEMBERS else keyword


def _cost(keyword: str) -> bool:
    """The type first: it is the quickest, and most often what is wrong with another form."""
    return keyword != "type"


def _is_integer(data: Json) -> bool:
    return type(data) is int or (isinstance(data, float) and data.is_integer())


def _type(_: Acceptance, schema: Schema) -> Check:
    names = schema["type"]
    if isinstance(names, str):
        return _TYPES[names]
    checks = [_TYPES[name] for name in names]
    return lambda data: any(check(data) for check in checks)


def _enum(_: Acceptance, schema: Schema) -> Check:
    """True and 1 are equal in Python, not in JSON."""
    texts = frozenset(choice for choice in schema["enum"] if isinstance(choice, str))
    if len(texts) == len(schema["enum"]):
        return lambda data: isinstance(data, str) and data in texts
    choices = [(choice, isinstance(choice, bool)) for choice in schema["enum"]]
    return lambda data: (data, isinstance(data, bool)) in choices


def _const(acceptance: Acceptance, schema: Schema) -> Check:
    return _enum(acceptance, {"enum": [schema["const"]]})


def _pattern(_: Acceptance, schema: Schema) -> Check:
    pattern = re.compile(schema["pattern"])
    return lambda data: not isinstance(data, str) or pattern.search(data) is not None


def _bound(keyword: str, holds: Comparison, measure: Measure) -> Compiler:
    """A limit for what can be measured; for anything else there is none."""

    def compiled(_: Acceptance, schema: Schema) -> Check:
        limit = schema[keyword]
        return lambda data: (size := measure(data)) is None or holds(size, limit)

    return compiled


def _value(data: Json) -> float | None:
    return data if isinstance(data, int | float) and not isinstance(data, bool) else None


def _length(data: Json) -> float | None:
    return len(data) if isinstance(data, str) else None


def _count(data: Json) -> float | None:
    return len(data) if isinstance(data, list) else None


_KEYWORDS: Mapping[str, Compiler] = {
    **dict.fromkeys(_MEMBERS, Acceptance.members),
    "$ref": Acceptance.reference,
    "allOf": Acceptance.all_of,
    "anyOf": Acceptance.any_of,
    "const": _const,
    "enum": _enum,
    "exclusiveMaximum": _bound("exclusiveMaximum", operator.lt, _value),
    "exclusiveMinimum": _bound("exclusiveMinimum", operator.gt, _value),
    "if": Acceptance.condition,
    "items": Acceptance.items,
    "maxLength": _bound("maxLength", operator.le, _length),
    "maximum": _bound("maximum", operator.le, _value),
    "minItems": _bound("minItems", operator.ge, _count),
    "minLength": _bound("minLength", operator.ge, _length),
    "minimum": _bound("minimum", operator.ge, _value),
    "not": Acceptance.negation,
    "pattern": _pattern,
    "type": _type,
}


def quick_acceptance(schema: Schema) -> Check:
    """Whether data fits the schema; never so where the schema has a keyword not known here."""
    try:
        return Acceptance(schema).accepts
    except KeyError:
        return lambda _: False


def acceptance_of(schema: Schema) -> Check:
    """The same for any schema: jsonschema where it must be."""
    try:
        return Acceptance(schema).accepts
    except KeyError:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(schema).is_valid
