# SPDX-License-Identifier: Apache-2.0
"""For people: what fails of each subject, its score, and the score of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import Outcome
from velaserve_lint.formats.colours import paint
from velaserve_lint.scores import shows, words
from velaserve_lint.text import Text, printable
from velaserve_lint.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.scorecard import Scorecard, Scored
    from velaserve_lint.scores import ScoreView

_OUTCOMES = {
    Outcome.PASSED: Text("pass", "通过"),
    Outcome.FAILED: Text("fail", "未通过"),
    Outcome.NOT_APPLICABLE: Text("n/a", "不适用"),
}
_WEIGHT = Text("weight", "权重")


def write(card: Scorecard, view: ScoreView) -> str:
    blocks = ["\n".join(_block(scored, view)) + "\n" for scored in card.subjects]
    return "\n".join([*blocks, words.closing(card, view.language) + "\n"])


def _block(scored: Scored, view: ScoreView) -> Iterator[str]:
    at, language = scored.subject.place, view.language
    head = f"{words.title(scored.subject, language)}: {words.verdict(scored, language)}"
    yield f"{at.file}:{at.span.line}:{at.span.column}: {printable(head)}"
    if scored.score is not None:
        yield from _table([one for one in scored.results if shows(one, view)], view)
        yield from (f"  {note}" for note in words.notes(scored, language))


def _table(results: list[Result], view: ScoreView) -> Iterator[str]:
    """The columns are as wide as the widest of their cells."""
    if results:
        yield f"  {_WEIGHT.to(view.language)}"
    rows = [_cells(one, view) for one in results]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for result, row in zip(results, rows, strict=True):
        cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        if result.outcome is Outcome.FAILED:
            cells[0] = paint(cells[0], result.item.severity, view)
        yield f"  {result.item.weight:>6}  {'  '.join(cells)}".rstrip()


def _cells(result: Result, view: ScoreView) -> list[str]:
    at = result.verdict.place if result.verdict else None
    return [
        _OUTCOMES[result.outcome].to(view.language),
        f"{result.item.id} {result.item.slug}",
        f"{at.file}:{at.span.line}:{at.span.column}" if at else "",
        words.reason(result, view.language),
    ]
