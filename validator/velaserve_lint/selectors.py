# SPDX-License-Identifier: Apache-2.0
"""What a label selector selects, as the API server reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from velaserve_lint.cursor import Cursor

_WITH_VALUES = ("In", "NotIn")
_OPERATORS = (*_WITH_VALUES, "Exists", "DoesNotExist")


class Requirement(NamedTuple):
    """One condition on a label, and where it stands; what has no such label is NotIn everything."""

    key: str
    operator: str
    values: tuple[str, ...]
    at: Cursor

    def holds(self, labels: Mapping[str, str]) -> bool:
        value = labels.get(self.key)
        if self.operator == "In":
            return value in self.values
        if self.operator == "NotIn":
            return value not in self.values
        return (value is not None) is (self.operator == "Exists")

    @property
    def wanted(self) -> tuple[str, ...]:
        """The values of which the label must have one; empty where others will do."""
        return self.values if self.operator == "In" else ()


class Selector(NamedTuple):
    """All of its requirements must hold: where there are none, everything is selected."""

    requirements: tuple[Requirement, ...]
    at: Cursor

    def selects(self, labels: Mapping[str, str]) -> bool:
        return all(requirement.holds(labels) for requirement in self.requirements)

    @property
    def label(self) -> tuple[str, str] | None:
        """One that everything has which is selected, where there is one."""
        equalities = (one for one in self.requirements if len(one.values) == 1)
        found = next((one for one in equalities if one.operator == "In"), None)
        return (found.key, found.values[0]) if found else None

    @property
    def meaning(self) -> frozenset[tuple[str, str, frozenset[str]]]:
        """The same for two selectors that ask for the same."""
        return frozenset(
            (one.key, one.operator, frozenset(one.values)) for one in self.requirements
        )


def selector_at(cursor: Cursor) -> Selector | None:
    """The selector of matchLabels and matchExpressions that stands there.

    None where there is none, which selects nothing, and where a part has the wrong shape.
    """
    if not isinstance(cursor.value, dict):
        return None
    labels, expressions = cursor.at("matchLabels"), cursor.at("matchExpressions")
    if not (_is(labels, dict) and _is(expressions, list)):
        return None
    return _selector([*_equalities(labels), *map(_expression, expressions.items())], cursor)


def plain_selector_at(cursor: Cursor) -> Selector | None:
    """The same for a mapping of labels, as Services have it: an empty one selects nothing."""
    return _selector(_equalities(cursor), cursor) if cursor.mapping else None


def _is(cursor: Cursor, shape: type) -> bool:
    return cursor.value is None or isinstance(cursor.value, shape)


def _selector(found: Iterable[Requirement | None], cursor: Cursor) -> Selector | None:
    requirements = list(found)
    sound = tuple(one for one in requirements if one)
    return Selector(sound, cursor) if len(sound) == len(requirements) else None


def _equalities(cursor: Cursor) -> Iterator[Requirement | None]:
    for key, value in cursor.entries():
        text = value.value
        yield Requirement(key, "In", (text,), value) if isinstance(text, str) else None


def _expression(cursor: Cursor) -> Requirement | None:
    key, operator, values = (cursor.at(name) for name in ("key", "operator", "values"))
    texts = tuple(one.text for one in values.items() if isinstance(one.value, str))
    sound = key.text and operator.text in _OPERATORS and len(texts) == len(list(values.items()))
    if not sound or bool(texts) is not (operator.text in _WITH_VALUES):
        return None
    return Requirement(key.text, operator.text, texts, cursor)
