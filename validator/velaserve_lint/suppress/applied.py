# SPDX-License-Identifier: Apache-2.0
"""Findings with suppressions applied, and what is wrong with the suppressions themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.finding import Severity
from velaserve_lint.rules import ids
from velaserve_lint.rules.syntax.vs007_unused_suppression import UnusedSuppression
from velaserve_lint.rules.syntax.vs008_unknown_suppression import UnknownSuppression
from velaserve_lint.rules.syntax.vs009_suppression_without_reason import SuppressionWithoutReason

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from velaserve_lint.finding import Finding
    from velaserve_lint.suppress.suppression import Suppression


class Suppressed(NamedTuple):
    """A finding that a file does not want to hear of."""

    finding: Finding
    reason: str


class Applied(NamedTuple):
    """What is left, and what was taken out."""

    findings: list[Finding]
    suppressed: list[Suppressed]


def apply(
    findings: Iterable[Finding], suppressions: list[Suppression], *, with_checklist: bool = False
) -> Applied:
    """Findings without the suppressed ones, with those about the suppressions.

    Of a suppressed item of the checklist nobody can say that it is unused, unless that was asked.
    """
    if not suppressions:
        return Applied(list(findings), [])
    kept: list[Finding] = []
    taken: list[Suppressed] = []
    used: dict[int, list[Finding]] = {number: [] for number in range(len(suppressions))}
    listed = _by_rule(suppressions)
    for finding in findings:
        covering = _covering(finding, suppressions, listed)
        for number in covering:
            used[number].append(finding)
        if covering:
            taken.append(Suppressed(finding, suppressions[covering[0]].reason))
        else:
            kept.append(finding)
    known = frozenset(ids())
    about = (
        one
        for n, found in used.items()
        for one in _about(suppressions[n], found, known, with_checklist=with_checklist)
    )
    return Applied([*kept, *about], taken)


def _by_rule(suppressions: list[Suppression]) -> Mapping[object, list[int]]:
    """The numbers of those for one line by file, rule and line, of others by file and rule."""
    listed: dict[object, list[int]] = {}
    for number, one in enumerate(suppressions):
        for rule_id in one.ids:
            where = (one.first_line,) if one.first_line == one.last_line else ()
            listed.setdefault((one.place.file, rule_id, *where), []).append(number)
    return listed


def _covering(
    finding: Finding, suppressions: list[Suppression], listed: Mapping[object, list[int]]
) -> list[int]:
    key = (finding.file, finding.id)
    possible = {*listed.get(key, ()), *listed.get((*key, finding.span.line), ())}
    return [number for number in sorted(possible) if suppressions[number].covers(finding)]


def _about(
    suppression: Suppression, found: list[Finding], known: Container[str], *, with_checklist: bool
) -> Iterator[Finding]:
    used = {finding.id for finding in found}
    if not suppression.ids:
        yield UnknownSuppression.of("", suppression.place)
    for rule_id in suppression.ids:
        if rule_id not in known:
            yield UnknownSuppression.of(rule_id, suppression.place)
        elif rule_id not in used and (with_checklist or rule_id.startswith("VS")):
            yield UnusedSuppression.finding(suppression.place, "unused", id=rule_id)
    if not suppression.reason and any(one.severity > Severity.INFO for one in found):
        yield SuppressionWithoutReason.finding(suppression.place, "missing")
