# SPDX-License-Identifier: Apache-2.0
"""Compares an object with a field table: as strict as a cluster, and as lenient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from velaserve_lint.fields.limits import broken
from velaserve_lint.fields.scalars import SCALARS
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.violations import Violation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.document import Document, Json
    from velaserve_lint.fields.table import Expression, Struct, Table
    from velaserve_lint.place import Path


class Walk:
    """Through one object, which stands at `depth` steps of the document; collects `violations`.

    A list of them and no generators: nearly all that is looked at has none.
    """

    def __init__(self, table: Table, document: Document, depth: int) -> None:
        self.violations: list[Violation] = []
        self._table = table
        self._document = document
        self._depth = depth

    def compare(self, expression: Expression, data: Json, path: Path) -> None:
        """Adds all contradictions of the data at the path; none that only follow from others."""
        if isinstance(expression, str):
            if scalar := SCALARS.get(expression):
                if not scalar.takes(data):
                    self._wrong_type(scalar.types, data, path)
                elif scalar.limits:
                    self._limits(scalar.limits, data, path)
            elif expression != "any":
                self._struct(self._table.structs[expression], data, path)
        elif isinstance(expression, list):
            self._list(expression[0], data, path)
        elif "*" in expression:
            self._mapping(expression["*"], data, path)
        else:
            self._limited(expression, data, path)

    def _struct(self, struct: Struct, data: Json, path: Path) -> None:
        """What is null counts as not written, as it does for the API server."""
        if not isinstance(data, dict):
            self._wrong_type(("object",), data, path)
            return
        self._keys(struct, data, path)
        for key, value in data.items():
            expression = struct.fields.get(key)
            if expression and (value is not None or key in struct.required):
                self.compare(expression, value, (*path, key))

    def _keys(self, struct: Struct, data: dict[str, Json], path: Path) -> None:
        if not data.keys() <= struct.fields.keys():
            if any(key.startswith("$") for key in data):
                return  # `$patch` and its like: a part of an object, for kustomize
            self._add("additionalProperties", struct.schema, data, path)
        if any(key not in data for key in struct.required):
            self._add("required", struct.schema, data, path)

    def _list(self, item: Expression, data: Json, path: Path) -> None:
        if not isinstance(data, list):
            self._wrong_type(("array",), data, path)
            return
        for index, value in enumerate(data):
            if value is not None or self._refuses_null(item):
                self.compare(item, value, (*path, index))

    def _refuses_null(self, item: Expression) -> bool:
        """Go makes an empty value of a null in a list; that is enough where nothing is required."""
        struct = self._table.structs.get(item) if isinstance(item, str) else None
        return not self._table.empty_is_absent or bool(struct and struct.required)

    def _mapping(self, inner: Expression, data: Json, path: Path) -> None:
        if not isinstance(data, dict):
            self._wrong_type(("object",), data, path)
            return
        for key, value in data.items():
            if value is not None:
                self.compare(inner, value, (*path, key))

    def _limited(self, limits: Mapping[str, Any], data: Json, path: Path) -> None:
        before = len(self.violations)
        self.compare(limits["type"], data, path)
        wrong = any(one.path == path for one in self.violations[before:])
        if not wrong and not (data == "" and self._table.empty_is_absent):
            self._limits(limits, data, path)

    def _limits(self, limits: Mapping[str, Any], data: Json, path: Path) -> None:
        for keyword in broken(limits, data):
            if not _is_placeholder(data):
                self._add(keyword, limits, data, path)

    def _wrong_type(self, types: tuple[str, ...], data: Json, path: Path) -> None:
        if not _is_placeholder(data):
            self._add("type", {"type": types}, data, path)

    def _add(self, keyword: str, schema: Mapping[str, Any], data: Json, path: Path) -> None:
        violation = Violation(self._document, path, self._depth, keyword, data, schema, usage="")
        self.violations.append(violation)


def _is_placeholder(data: Json) -> bool:
    return isinstance(data, str) and has_placeholder(data)
