# SPDX-License-Identifier: Apache-2.0
"""Findings that only follow from a mistake in a field, which is reported as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_lint.document import Document
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Path

# How the ids of rules on fields end, in every family.
_UNKNOWN, _MISSING = "01", "02"
_MISSPELT_TYPE = "VS106"
# What these rules miss may be there under a misspelt name.
_LOOKED_UP: Mapping[str, str] = {
    "VS323": "volumes",
    "VS325": "env",
    "VS326": "ports",
    "VS501": "limits",
}
# These judge a value by those beside it.
_BY_NEIGHBOURS = frozenset({"VS318", "VS321"})
_COMPONENTS, _WORKFLOW = ("spec", "components"), ("spec", "workflow")
# These look from afar for some fields of components and steps.
_FROM_AFAR: Mapping[str, frozenset[str]] = {
    "VS109": frozenset({"name"}),
    "VS134": frozenset({"name", "type", "traits"}),
}
_LISTS = frozenset({"components", "workflow", "steps", "subSteps"})


class Doubts:
    """What mistakes in fields leave open.

    `told` are the paths that a mistake has spoiled, with all below; `doubtful` are mappings that
    lack something, or have it as something else.
    """

    def __init__(self, mistakes: Iterable[Finding], document: Document) -> None:
        self._document = document
        self._told: set[Path] = set()
        self._doubtful: set[Path] = set()
        for mistake in mistakes:
            self._take(mistake)

    def _take(self, mistake: Finding) -> None:
        path = mistake.place.path
        if mistake.id.endswith(_MISSING):
            self._told.add((*path, str(mistake.arguments["key"])))
        elif not mistake.id.endswith(_UNKNOWN):
            self._told.add(path)
            self._doubtful.add(path[:-1])
        elif near := mistake.arguments.get("near"):
            self._told.add((*path[:-1], str(near)))
            self._doubtful.add(path[:-1])

    def explain(self, finding: Finding) -> bool:
        """Whether the finding would go with the mistakes."""
        looked_up = _LOOKED_UP.get(finding.id)
        if looked_up and any(looked_up in path for path in self._told):
            return True
        paths = [finding.place.path, *(related.place.path for related in finding.related)]
        return paths[0] in self._doubtful or any(self._cover(path, finding.id) for path in paths)

    def explain_of_application(self, finding: Finding) -> bool:
        """What goes together is not judged where a component is not yet what it is meant to be."""
        if self.explain(finding):
            return True
        if looked_for := _FROM_AFAR.get(finding.id):
            return any(_field(path) in {"", *looked_for} for path in self._told if _is_part(path))
        of_components = (path for path in self._told if path[:2] == _COMPONENTS)
        spoiled = {path[:3] for path in of_components if _field(path) != "name"}
        places = (finding.place, *(related.place for related in finding.related))
        return _compares(finding.id) and any(place.path[:3] in spoiled for place in places)

    def _cover(self, path: Path, rule_id: str) -> bool:
        if any(path[:end] in self._told for end in range(len(path) + 1)):
            return True
        looks_beside = rule_id in _BY_NEIGHBOURS or self._document.data_at(path) is None
        return looks_beside and path[:-1] in self._doubtful


def _is_part(path: Path) -> bool:
    """Whether it is of the components or the steps."""
    return path[:2] in (_COMPONENTS, _WORKFLOW)


def _field(path: Path) -> str:
    """Which field of a component or step the path is in; empty of a whole one, or of all."""
    return next((step for step in path[1:] if isinstance(step, str) and step not in _LISTS), "")


def _compares(rule_id: str) -> bool:
    """Whether the rule is about properties that do not go together, or about what they ask for."""
    return (
        rule_id in {"VS110", "VS132"} or "VS135" <= rule_id <= "VS149" or rule_id.startswith("VS5")
    )


def independent(
    findings: Iterable[Finding], mistakes: list[Finding], document: Document
) -> Iterable[Finding]:
    """The findings about an object that say something new."""
    if not mistakes:
        return findings
    doubts = Doubts(mistakes, document)
    return (finding for finding in findings if not doubts.explain(finding))


def independent_of_application(
    findings: list[Finding], mistakes: list[Finding], document: Document
) -> Iterable[Finding]:
    """The same for an Application, where a misspelt type is such a mistake, too."""
    slips = [finding for finding in findings if finding.id == _MISSPELT_TYPE]
    if not (mistakes or slips):
        return findings
    doubts = Doubts([*mistakes, *slips], document)
    rest = (finding for finding in findings if finding.id != _MISSPELT_TYPE)
    return [*slips, *(finding for finding in rest if not doubts.explain_of_application(finding))]
