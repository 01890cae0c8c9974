# SPDX-License-Identifier: Apache-2.0
"""For programs: version 1 is described by score.schema.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.formats.json import placed
from velaserve_lint.scores import words

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.scorecard import Scorecard, Scored
    from velaserve_lint.scores import ScoreView

VERSION = 1


def write(card: Scorecard, _view: ScoreView) -> str:
    data = {
        "version": VERSION,
        "score": card.score,
        "grade": card.grade,
        "errors": card.errors,
        "subjects": list(map(_subject, card.subjects)),
    }
    # Only ASCII: what a terminal's encoding makes of other characters is no JSON.
    return json.dumps(data, indent=2) + "\n"


def _subject(scored: Scored) -> dict[str, object]:
    subject = scored.subject
    return {
        "kind": subject.kind,
        "name": subject.name,
        "application": subject.application or None,
        "place": placed(subject.place),
        "score": scored.score,
        "grade": scored.grade,
        "errors": scored.errors,
        "suppressed": scored.excused,
        "scoreWithSuppressed": scored.excused_score,
        "items": list(map(_item, scored.results)),
    }


def _item(result: Result) -> dict[str, object]:
    return {
        "id": result.item.id,
        "slug": result.item.slug,
        "title": result.item.title.to("en"),
        "weight": result.item.weight,
        "outcome": result.outcome.value,
        "message": words.reason(result, "en"),
        "place": placed(result.verdict.place) if result.verdict else None,
        "help": result.item.fix.to("en"),
    }
