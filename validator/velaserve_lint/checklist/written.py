# SPDX-License-Identifier: Apache-2.0
"""What a component and its traits say, as the table of contributions asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from velaserve_lint.cursor import Cursor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from velaserve_lint.application import Component, Typed
    from velaserve_lint.document import Document

Condition: TypeAlias = "Mapping[str, Any]"  # Any: our own package data


class Written:
    """A component with its traits; of two of a type, the first."""

    def __init__(self, component: Component, document: Document) -> None:
        """The defaults of the definitions are filled in already."""
        traits = {trait.definition: trait for trait in reversed(component.traits)}
        self._parts: dict[str, Typed] = {**traits, "": component}
        self._document = document

    def holds(self, condition: Condition) -> bool:
        """`of` is a trait, or empty for the component; `at` a property, or empty for any."""
        if condition["of"] not in self._parts:
            return False
        if not condition["at"]:
            return True
        value = self.at(condition["of"], condition["at"]).value
        if "equals" in condition:
            return value == condition["equals"] and type(value) is type(condition["equals"])
        if "atLeast" in condition:
            return type(value) in (int, float) and value >= condition["atLeast"]
        return value is not None and value not in condition.get("not", ())

    def at(self, of: str, pointer: str) -> Cursor:
        """A property, in whatever shape it was written."""
        part = self._parts[of]
        root = Cursor(self._document, (*part.path, "properties"), part.properties)
        return root.at(*steps_of(pointer))

    def cause(self, conditions: Sequence[Condition]) -> Cursor:
        """What the reader wrote, by the last of these."""
        of, pointer = (conditions[-1]["of"], conditions[-1]["at"]) if conditions else ("", "")
        property_at = self.at(of, pointer)
        return property_at if pointer and self.has(property_at) else self.type_of(of)

    def has(self, cursor: Cursor) -> bool:
        """Whether it was written, and is no default."""
        return self._document.data_at(cursor.path) is not None

    def type_of(self, of: str) -> Cursor:
        """The word that brings the trait, or the component with all its defaults."""
        part = self._parts[of]
        return Cursor(self._document, (*part.path, "type"), part.type)


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
