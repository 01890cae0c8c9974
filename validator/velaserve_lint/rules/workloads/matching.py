# SPDX-License-Identifier: Apache-2.0
"""Whether the selector of an object selects the pods that its own template describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.document import Json


def unmatched(selector: Cursor, labels: Mapping[str, Json]) -> Iterator[tuple[Cursor, str]]:
    """Each requirement that the labels do not meet, and what it asks for.

    A label that is no text has the wrong type, which is said elsewhere.
    """
    for key, value in selector.at("matchLabels").entries():
        found = labels.get(key)
        if isinstance(value.value, str) and isinstance(found, str | None) and found != value.value:
            yield value, f"{key}={value.value}"
    for expression in selector.at("matchExpressions").items():
        key, operator = expression.at("key").text, expression.at("operator").text
        values = [value.text for value in expression.at("values").items()]
        if not _meets(operator, values, labels.get(key)):
            yield expression, f"{key} {operator} {','.join(values)}".rstrip()


def _meets(operator: str, values: list[str], label: Json) -> bool:
    """An operator that there is not is another rule's matter."""
    if operator == "In":
        return label in values
    if operator == "NotIn":
        return label not in values
    return {"Exists": label is not None, "DoesNotExist": label is None}.get(operator, True)
