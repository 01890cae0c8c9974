# SPDX-License-Identifier: Apache-2.0
"""What is said of scores, in both languages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import Outcome
from velaserve_lint.checklist.scoring import MOST_WITH_ERROR
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.scorecard import Scorecard, Scored
    from velaserve_lint.checklist.subject import Subject
    from velaserve_lint.text import Argument, Language

_COMPONENT = Text(
    "component {name} ({kind}) of Application {application}",
    "Application {application} 的组件 {name}（{kind}）",
)
_SCORE = Text("{score}, grade {grade}", "{score}，等级 {grade}")
_SUPPRESSED = Text(
    "{score}, {other} with {n} suppressed, grade {grade}",
    "{score}，忽略 {n} 项后为 {other}，等级 {grade}",
)
_NOTHING = Text("n/a, no item applies", "n/a，没有适用的项目")
_UNKNOWN = Text("n/a, the pods of this type are not known", "n/a，不了解该类型的 Pod")
_COUNTS = Text(
    "{passed} pass, {failed} fail, {spared} not applicable",
    "{passed} 项通过，{failed} 项未通过，{spared} 项不适用",
)
_CAPPED = Text(
    "no more than {most} with {n} errors; velaserve-lint shows them",
    "有 {n} 个错误，最高 {most} 分；运行 velaserve-lint 查看",
)
_WHOLE = Text("whole: {score}", "整体：{score}")
_WORST = Text("whole: {score}, the worst of {n}", "整体：{score}，取 {n} 个中最差的")


def title(subject: Subject, language: Language) -> str:
    """What is judged."""
    if not subject.application:
        return f"{subject.kind} {subject.name}"
    words = {name: getattr(subject, name) for name in ("name", "kind", "application")}
    return _COMPONENT.to(language, words)


def verdict(scored: Scored, language: Language) -> str:
    """Its score, honest and with what is suppressed."""
    if scored.score is None:
        return (_NOTHING if scored.subject.is_known else _UNKNOWN).to(language)
    words: dict[str, Argument] = {"score": scored.score, "grade": scored.grade or ""}
    words["other"] = "n/a" if scored.excused_score is None else scored.excused_score
    return (_SUPPRESSED if scored.excused else _SCORE).to(language, words | {"n": scored.excused})


def notes(scored: Scored, language: Language) -> list[str]:
    """How many items there are of each outcome, and why it is not more."""
    outcomes = Counter(one.outcome for one in scored.results)
    counts = _COUNTS.to(
        language,
        {
            "passed": outcomes[Outcome.PASSED],
            "failed": outcomes[Outcome.FAILED],
            "spared": outcomes[Outcome.NOT_APPLICABLE],
        },
    )
    return [counts, *capping(scored.errors, language)]


def capping(errors: int, language: Language) -> list[str]:
    return [_CAPPED.to(language, {"most": MOST_WITH_ERROR, "n": errors})] if errors else []


def closing(card: Scorecard, language: Language) -> str:
    """The whole run."""
    count = sum(one.score is not None for one in card.subjects)
    if card.score is None:
        return _WHOLE.to(language, {"score": _NOTHING.to(language)})
    score = _SCORE.to(language, {"score": card.score, "grade": card.grade or ""})
    return (_WORST if count > 1 else _WHOLE).to(language, {"score": score, "n": count})


def reason(result: Result, language: Language) -> str:
    """Why it fails or does not apply; empty where it passes."""
    if result.verdict is None or not result.verdict.message:
        return ""
    template = result.item.messages[result.verdict.message]
    return template.to(language, result.verdict.arguments)
