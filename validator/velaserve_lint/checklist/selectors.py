# SPDX-License-Identifier: Apache-2.0
"""What a label selector selects, as the API server reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor


class Requirement(NamedTuple):
    """One condition on a label."""

    key: str
    operator: str
    values: tuple[str, ...] = ()

    def holds(self, labels: Mapping[str, str]) -> bool:
        value = labels.get(self.key)
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case "DoesNotExist":
                return value is None
        return False


class Selector(NamedTuple):
    """All of its requirements must hold: where there are none, everything is selected."""

    requirements: tuple[Requirement, ...]

    def selects(self, labels: Mapping[str, str]) -> bool:
        return all(requirement.holds(labels) for requirement in self.requirements)

    @property
    def label(self) -> tuple[str, str] | None:
        """One that everything has which is selected, where there is one."""
        equalities = (one for one in self.requirements if len(one.values) == 1)
        found = next((one for one in equalities if one.operator == "In"), None)
        return (found.key, found.values[0]) if found else None


def selector_at(cursor: Cursor) -> Selector | None:
    """That of matchLabels and matchExpressions; none selects nothing."""
    if not isinstance(cursor.value, dict):
        return None
    expressions = cursor.at("matchExpressions").items()
    return Selector((*_equalities(cursor.at("matchLabels")), *map(_expression, expressions)))


def plain_selector_at(cursor: Cursor) -> Selector | None:
    """That of a mapping, as Services have it: an empty one selects nothing."""
    return Selector(tuple(_equalities(cursor))) if cursor.mapping else None


def _equalities(cursor: Cursor) -> Iterator[Requirement]:
    for key, value in cursor.entries():
        yield Requirement(key, "In", (str(value.value),))


def _expression(cursor: Cursor) -> Requirement:
    values = tuple(str(value.value) for value in cursor.at("values").items())
    return Requirement(cursor.at("key").text, cursor.at("operator").text, values)
