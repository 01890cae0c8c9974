# SPDX-License-Identifier: Apache-2.0
"""Whether the selector of an object selects the pods that its own template describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.selectors import selector_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.document import Json
    from velaserve_lint.selectors import Requirement


def unmatched(selector: Cursor, labels: Mapping[str, Json]) -> Iterator[tuple[Cursor, str]]:
    """Each requirement that the labels do not meet, and what it asks for.

    None of a selector or label that has the wrong shape, which is said elsewhere.
    """
    texts = {key: label for key, label in labels.items() if isinstance(label, str)}
    found = selector_at(selector)
    for one in found.requirements if found else ():
        is_judged = one.key in texts or labels.get(one.key) is None
        if is_judged and not one.holds(texts):
            yield one.at, _wanted(one)


def _wanted(requirement: Requirement) -> str:
    key, operator, values, at = requirement
    if at.path[-2] == "matchLabels":
        return f"{key}={values[0]}"
    return f"{key} {operator} {','.join(values)}".rstrip()
