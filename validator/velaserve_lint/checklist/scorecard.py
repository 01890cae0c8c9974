# SPDX-License-Identifier: Apache-2.0
"""What a run is worth: each subject by itself, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from velaserve_lint.checklist.scoring import capped, grade, points
from velaserve_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.judging import Judged
    from velaserve_lint.checklist.subject import Subject
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place

_Key: TypeAlias = "tuple[str, Place]"


@dataclass(frozen=True, slots=True)
class Scored:
    """One subject; `score` is None where nothing applies.

    `errors` cap it. `excused` is how many of its findings a filter, a suppression or the baseline
    takes away, and `excused_score` what it would be if these counted.
    """

    subject: Subject
    results: tuple[Result, ...]
    score: int | None
    errors: int
    excused: int
    excused_score: int | None

    @property
    def grade(self) -> str | None:
        return grade(self.score)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every subject in the order of the run; `errors` are those of the whole run."""

    subjects: tuple[Scored, ...]
    errors: int

    @property
    def score(self) -> int | None:
        """That of the worst subject: a mean would hide one bad among many good ones."""
        scores = [one.score for one in self.subjects if one.score is not None]
        return capped(min(scores, default=None), self.errors)

    @property
    def grade(self) -> str | None:
        return grade(self.score)


def scorecard(
    judged: Sequence[Judged], mistakes: Sequence[Finding], kept: Iterable[Finding]
) -> Scorecard:
    """Before anything is taken away; `kept` are the findings that are left after that."""
    errors = [one for one in mistakes if one.severity is Severity.ERROR]
    left = {_key(one) for one in kept}
    scored = (_scored(subject, results, errors, left) for subject, results in judged)
    return Scorecard(tuple(scored), len(errors))


def _scored(
    subject: Subject, results: tuple[Result, ...], errors: list[Finding], left: set[_Key]
) -> Scored:
    own = [one for one in errors if subject.concerns(one)]
    excused = [one for one in results if one.finding and _key(one.finding) not in left]
    errors_left = sum(_key(one) in left for one in own)
    return Scored(
        subject,
        results,
        capped(points(results), len(own)),
        len(own),
        len(excused) + len(own) - errors_left,
        capped(points(one for one in results if one not in excused), errors_left),
    )


def _key(finding: Finding) -> _Key:
    """A severity that a configuration changes leaves it the same finding."""
    return finding.id, finding.place
