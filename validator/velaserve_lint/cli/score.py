# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint score PATH…"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from velaserve_lint.cli import known
from velaserve_lint.cli.added import add_rules
from velaserve_lint.cli.configured import complete
from velaserve_lint.cli.inputs import Inputs
from velaserve_lint.cli.linted import linted
from velaserve_lint.cli.outputs import deliver, parsed
from velaserve_lint.terminal import paints
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from velaserve_lint.checklist.scorecard import Scorecard
    from velaserve_lint.scores import ScoreView
    from velaserve_lint.text import Argument, Language

GOOD, NOT_GOOD, NOTHING = 0, 1, 3

_NOTHING = Text(
    "nothing to score: no workload and no component of a known type in {paths}",
    "没有可评分的内容：{paths} 中没有工作负载，也没有已知类型的组件",
)
_BELOW = Text("below {flag} {least}: {found}", "低于 {flag} {least}：{found}")


def run(arguments: argparse.Namespace) -> int:
    """Scores, prints, and says by the exit code whether it is enough.

    Raises:
        UsageError: a path cannot be read or written, or a format does not exist.
    """
    from velaserve_lint.scores import FORMATS, write

    arguments.paths = arguments.paths or ["."]
    arguments.output_format = arguments.output_format or ["text"]
    complete(arguments)
    add_rules(arguments)
    outputs = [parsed(text, FORMATS) for text in arguments.output_format]
    card = _scorecard(arguments)
    for form, file in outputs:
        deliver(write(card, form, _view(arguments, file)), file)
    if card.score is None:
        _say(_NOTHING, arguments.lang, paths=", ".join(arguments.paths))
        return GOOD if arguments.allow_nothing else NOTHING
    return NOT_GOOD if _is_below(card, arguments) else GOOD


def _scorecard(arguments: argparse.Namespace) -> Scorecard:
    from velaserve_lint.checklist.scorecard import scorecard

    inputs = Inputs(arguments.paths, arguments.exclude, arguments.stdin_filename)
    with linted(inputs, arguments) as linter:
        report = linter.report()
        if arguments.baseline:
            report = known.without_known(report, str(arguments.baseline), arguments.lang)
        return scorecard(linter.judged, linter.mistakes, report.findings)


def _view(arguments: argparse.Namespace, file: Path | None) -> ScoreView:
    from velaserve_lint.scores import ScoreView

    colour = file is None and paints(arguments.color, sys.stdout)
    return ScoreView(arguments.lang, colour, show_passed=arguments.show_passed)


def _is_below(card: Scorecard, arguments: argparse.Namespace) -> bool:
    """Says so, too: for whoever reads a log of CI."""
    from velaserve_lint.checklist.scoring import GRADES

    score, least = card.score or 0, arguments.min_score
    below_score = least is not None and score < least
    below_grade = arguments.min_grade is not None and score < GRADES[arguments.min_grade]
    language = arguments.lang
    if below_score:
        _say(_BELOW, language, flag="--min-score", least=least, found=score)
    if below_grade:
        words = {"flag": "--min-grade", "least": arguments.min_grade, "found": card.grade or ""}
        _say(_BELOW, language, **words)
    return below_score or below_grade


def _say(text: Text, language: Language, **arguments: Argument) -> None:
    print(text.to(language, arguments), file=sys.stderr)
