# SPDX-License-Identifier: Apache-2.0
"""For comments on merge requests and the summaries of jobs: a table for each subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fingerprint import portable
from velaserve_lint.markdown import plain_text
from velaserve_lint.scores import shows, words
from velaserve_lint.text import Text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.scorecard import Scorecard, Scored
    from velaserve_lint.scores import ScoreView

_HEAD = Text(
    "| outcome | item | weight | where | what |\n| --- | --- | --- | --- | --- |",
    "| 结果 | 项目 | 权重 | 位置 | 说明 |\n| --- | --- | --- | --- | --- |",
)


def write(card: Scorecard, view: ScoreView) -> str:
    blocks = [f"### velaserve-lint score\n\n{_plain(words.closing(card, view.language))}"]
    blocks += ["\n\n".join(_block(scored, view)) for scored in card.subjects]
    return "\n\n".join(blocks) + "\n"


def _block(scored: Scored, view: ScoreView) -> Iterator[str]:
    language = view.language
    title = f"{words.title(scored.subject, language)}: {words.verdict(scored, language)}"
    yield f"#### {_plain(title)}"
    if scored.score is None:
        return
    if rows := [_row(one, view) for one in scored.results if shows(one, view)]:
        yield "\n".join([_HEAD.to(language), *rows])
    yield _plain("; ".join(words.notes(scored, language)))


def _row(result: Result, view: ScoreView) -> str:
    at = result.verdict.place if result.verdict else None
    cells = (
        result.outcome.value,
        f"{result.item.id} {result.item.slug}",
        str(result.item.weight),
        f"{portable(at.file)}:{at.span.line}" if at else "",
        words.reason(result, view.language),
    )
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Nobody is told of a score because a name looks like one of theirs."""
    return plain_text(printable(text)).replace("@", "@<!-- -->")
