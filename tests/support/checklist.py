# SPDX-License-Identifier: Apache-2.0
"""What the checklist says of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from velaserve_lint.checklist.item import Outcome
from velaserve_lint.pipeline import Linter
from velaserve_lint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.judging import Judged

PASS, FAIL, NOT_APPLICABLE = (one.value for one in Outcome)


def judged(text: str, file: str = "a.yaml") -> tuple[Judged, ...]:
    linter = Linter(Settings(checklist=True))
    linter.add(text, file)
    return linter.judged


def outcomes(text: str) -> dict[str, dict[str, str]]:
    """The outcome of each item for each subject, by the subject's name."""
    return {
        subject.name: {result.item.id: result.outcome.value for result in results}
        for subject, results in judged(text)
    }


def outcome(item: str, text: str) -> str:
    """Of one item for the first subject."""
    return result(item, text).outcome.value


def result(item: str, text: str) -> Result:
    first, *_ = judged(text)
    return next(one for one in first.results if one.item.id == item)


def assert_foretold(application: str, rendered: Sequence[object]) -> None:
    """The items have the same outcomes for an Application as for its objects.

    A component of which the checklist sees no pods has none among them, either.
    """
    real = outcomes(yaml.safe_dump_all(rendered))
    foretold = outcomes(application)
    assert foretold.keys() >= real.keys()
    for name, items in foretold.items():
        assert items == real.get(name, dict.fromkeys(items, NOT_APPLICABLE)), name
