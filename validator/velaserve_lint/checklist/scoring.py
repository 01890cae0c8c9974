# SPDX-License-Identifier: Apache-2.0
"""Results as points and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_lint.checklist.item import Result

GRADES: Mapping[str, int] = {"A": 90, "B": 80, "C": 70, "D": 0}
"""The least points of each, the best first."""
MOST_WITH_ERROR = GRADES["B"] - 1
"""What does not work is not ready for production, however well it is meant."""


def points(results: Iterable[Result]) -> int | None:
    """How much of what applies passes, in percent of the weights; None where nothing applies.

    Rounded down: 89.9 is no A.
    """
    counted = [one for one in results if one.outcome is not Outcome.NOT_APPLICABLE]
    whole = sum(one.item.weight for one in counted)
    passed = sum(one.item.weight for one in counted if one.outcome is Outcome.PASSED)
    return 100 * passed // whole if whole else None


def capped(score: int | None, errors: int) -> int | None:
    return min(score, MOST_WITH_ERROR) if errors and score is not None else score


def grade(score: int | None) -> str | None:
    if score is None:
        return None
    return next(name for name, least in GRADES.items() if score >= least)
