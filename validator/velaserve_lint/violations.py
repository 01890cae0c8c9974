# SPDX-License-Identifier: Apache-2.0
"""Where data contradicts a JSON Schema, by keyword; the library's own words are not used."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from velaserve_lint.acceptance import quick_acceptance
from velaserve_lint.place import dotted
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.suggest import COMPARED, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path

_CHOICES = ("enum", "const")
_ASKED = ("required", *_CHOICES)


@dataclass(frozen=True, slots=True)
class Violation:
    """One contradiction: `found` at `path` is not what `schema`, under `keyword`, asks for.

    `depth` is the length of the path to what the whole schema was applied to; `usage` is what the
    definition says about the value; `is_conditional`: asked for because of what stands beside it.
    """

    document: Document
    path: Path
    depth: int
    keyword: str
    found: Json
    schema: Mapping[str, Any]  # Any: a JSON Schema of our own
    usage: str
    is_conditional: bool = False

    @property
    def expected(self) -> Json:
        expected: Json = self.schema[self.keyword]
        return expected

    @property
    def label(self) -> str:
        """What messages call the value: its path below what the schema was applied to."""
        steps = self.path[self.depth :] or self.path[-1:]
        in_list = steps and isinstance(steps[0], int)
        return dotted(self.path[-2:] if in_list else steps)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.found) if isinstance(self.found, dict) else frozenset()

    @property
    def possible_keys(self) -> frozenset[str]:
        return frozenset(self.schema.get("properties", {}))

    @property
    def key_patterns(self) -> tuple[str, ...]:
        return tuple(self.schema.get("patternProperties", {}))

    @property
    def unknown_keys(self) -> list[str]:
        """Keys that the schema does not have; none where it is open."""
        if self.schema.get("additionalProperties") is not False:
            return []
        rest = self.keys - self.possible_keys
        return sorted(k for k in rest if not any(re.search(p, k) for p in self.key_patterns))

    @property
    def meant_keys(self) -> dict[str, str]:
        """Of which keys the unknown ones are slips, as far as one can tell."""
        if self.keyword != "additionalProperties":
            return {}
        free = self.possible_keys - self.keys
        return {key: near for key in self.unknown_keys[:COMPARED] if (near := suggest(key, free))}

    @property
    def may_follow(self) -> bool:
        """Whether something is asked for only because of what stands beside it."""
        return self.is_conditional and self.keyword in _ASKED

    @property
    def missing_keys(self) -> list[str]:
        return [key for key in self.schema.get("required", ()) if key not in self.keys]

    @property
    def choices(self) -> list[str]:
        enum = self.schema.get("enum", [self.schema.get("const")])
        return [str(choice) for choice in enum]

    @property
    def expected_types(self) -> list[str]:
        """The types that are possible, those of all forms where there are several."""
        forms = self.schema.get("anyOf", [self.schema])
        names = [form.get("type", "string") for form in forms]
        return [one for name in names for one in ([name] if isinstance(name, str) else name)]


class Validator:
    """A JSON Schema (draft 2020-12), ready to be applied many times."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        self._schema = schema
        self._accepts = quick_acceptance(schema)

    @functools.cached_property
    def _validator(self) -> Draft202012Validator:
        from jsonschema import Draft202012Validator  # 0.15 s: only when something is wrong

        return Draft202012Validator(self._schema)

    def violations(self, document: Document, data: Json, at: Path) -> Iterator[Violation]:
        """All contradictions of `data`, which stands at path `at` of the document.

        None that only follow from others: of a wrong type, that it is no choice either; of a
        misspelt key, that something else is asked for as if it were missing.
        """
        if self._accepts(data):
            return
        found = list(self._explained(document, data, at))
        other = {one.path for one in found if one.keyword == "type"}
        for one in self._lasting(found, document, data, at):
            if one.keyword == "type" or one.path not in other:
                yield one

    def _lasting(
        self, found: list[Violation], document: Document, data: Json, at: Path
    ) -> list[Violation]:
        """Those that would still be there if each misspelt key were the one that was meant."""
        slips = {one.path[len(at) :]: meant for one in found if (meant := one.meant_keys)}
        if not slips or not any(one.may_follow for one in found):
            return found
        whole = _renamed(data, slips)
        still = {(one.path, one.keyword) for one in self._explained(document, whole, at)}
        return [one for one in found if not one.may_follow or (one.path, one.keyword) in still]

    def _explained(self, document: Document, data: Json, at: Path) -> Iterator[Violation]:
        incomplete = set()
        for error in self._validator.iter_errors(data):
            for cause in _causes(error):
                if _is_to_be_filled_in(cause):
                    continue
                path = at + tuple(cause.absolute_path)
                if cause.validator == "required":
                    told = (path, tuple(cause.absolute_schema_path))
                    if told in incomplete:
                        continue  # the library raises one error for each missing key
                    incomplete.add(told)
                if "then" in cause.absolute_schema_path and path == at:
                    # A condition asks for more of what the schema itself describes.
                    cause.schema = {**self._schema, **cast("Mapping[str, Any]", cause.schema)}
                yield _violation(cause, document, path, len(at))


def _violation(error: ValidationError, document: Document, path: Path, depth: int) -> Violation:
    found, schema = cast("Json", error.instance), cast("Mapping[str, Any]", error.schema)
    usage = schema.get("description") or _around(error).get("description", "")
    keyword = str(error.validator)
    if keyword in _CHOICES and isinstance(found, dict | list):
        keyword, schema = "type", {"type": sorted({_type_of(one) for one in schema[keyword]})}
    is_conditional = "then" in error.absolute_schema_path
    return Violation(document, path, depth, keyword, found, schema, usage, is_conditional)


def _renamed(data: Json, slips: Mapping[Path, Mapping[str, str]], at: Path = ()) -> Json:
    """The data with other keys, by the path of their mapping."""
    if isinstance(data, dict):
        meant = slips.get(at, {})
        return {meant.get(k, k): _renamed(inner, slips, (*at, k)) for k, inner in data.items()}
    if isinstance(data, list):
        return [_renamed(inner, slips, (*at, index)) for index, inner in enumerate(data)]
    return data


def _type_of(choice: Json) -> str:
    """Of a choice among texts and numbers, as a JSON Schema calls it."""
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number"}
    return kinds.get(type(choice), "null")


def _around(error: ValidationError) -> Mapping[str, Any]:
    """The schema of which the violated one is a form."""
    return cast("Mapping[str, Any]", error.parent.schema) if error.parent else {}


def _causes(error: ValidationError) -> list[ValidationError]:
    """Of several possible forms, what is wrong with the one that was meant."""
    forms: dict[Any, list[ValidationError]] = {}  # Any: the library's index of the form
    for cause in error.context or ():
        forms.setdefault(cause.schema_path[0], []).append(cause)
    meant = [causes for causes in forms.values() if not _is_other_type(causes[0])]
    best = min(meant, key=len, default=None)
    return [error] if best is None else [inner for cause in best for inner in _causes(cause)]


def _is_to_be_filled_in(error: ValidationError) -> bool:
    """Whether another program is going to write what the pattern is for."""
    return error.validator == "pattern" and has_placeholder(str(error.instance))


def _is_other_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.relative_path
