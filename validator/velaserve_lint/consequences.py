# SPDX-License-Identifier: Apache-2.0
"""Findings about an object that only follow from a mistake in its fields, which is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Path
    from velaserve_lint.violations import Violation

# What these rules miss may be there under a misspelt name.
_LOOKED_UP: Mapping[str, str] = {"VS323": "volumes", "VS325": "env", "VS326": "ports"}
# These judge a value by those beside it.
_BY_NEIGHBOURS = frozenset({"VS318", "VS321"})


class Doubts:
    """What the mistakes in the fields of an object leave open.

    `told` are the paths that a mistake has spoiled, with all below; `doubtful` are mappings that
    lack something, or have it as something else.
    """

    def __init__(self, violations: list[Violation]) -> None:
        self._document = violations[0].document
        self._told: set[Path] = set()
        self._doubtful: set[Path] = set()
        for violation in violations:
            self._take(violation)

    def _take(self, violation: Violation) -> None:
        path = violation.path
        if violation.keyword == "required":
            self._told.update((*path, key) for key in violation.missing_keys)
        elif violation.keyword == "additionalProperties":
            free = violation.possible_keys - violation.keys
            meant = [near for key in violation.unknown_keys if (near := suggest(key, free))]
            self._told.update((*path, near) for near in meant)
            self._doubtful.update([path] if meant else [])
        else:
            self._told.add(path)
            self._doubtful.add(path[:-1])

    def explain(self, finding: Finding) -> bool:
        """Whether the finding would go with the mistakes."""
        looked_up = _LOOKED_UP.get(finding.id)
        if looked_up and any(looked_up in path for path in self._told):
            return True
        paths = [finding.place.path, *(related.place.path for related in finding.related)]
        return paths[0] in self._doubtful or any(self._cover(path, finding.id) for path in paths)

    def _cover(self, path: Path, rule_id: str) -> bool:
        if any(path[:end] in self._told for end in range(len(path) + 1)):
            return True
        looks_beside = rule_id in _BY_NEIGHBOURS or self._document.data_at(path) is None
        return looks_beside and path[:-1] in self._doubtful


def independent(findings: Iterable[Finding], violations: list[Violation]) -> Iterator[Finding]:
    """The findings that say something new."""
    doubts = Doubts(violations)
    return (finding for finding in findings if not doubts.explain(finding))
