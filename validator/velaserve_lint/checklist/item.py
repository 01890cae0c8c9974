# SPDX-License-Identifier: Apache-2.0
"""What an item of the production checklist is, and what it says of a subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from velaserve_lint.finding import Severity
from velaserve_lint.rule import Rule
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.subject import Subject
    from velaserve_lint.container import Container
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod
    from velaserve_lint.text import Argument

ALSO = Text("here, too", "此处同样如此")
"""What every item says of its second place: `also=ALSO` stands in its messages."""


class Outcome(Enum):
    """What does not apply never counts, neither for nor against."""

    PASSED = "pass"
    FAILED = "fail"
    NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one pod or container; `message` is a key of the item's, empty where it passes."""

    outcome: Outcome
    place: Place
    message: str = ""
    arguments: Mapping[str, Argument] = field(default_factory=dict)


class Result(NamedTuple):
    """Of an item for a subject: the verdict that decides, and the finding where it fails."""

    item: type[ChecklistItem]
    outcome: Outcome
    verdict: Verdict | None = None
    finding: Finding | None = None


class ChecklistItem(Rule):
    """A rule that is asked for: what production needs, and a mistake only there.

    `weight` is how much it counts in a score; those of all items are 100.
    """

    severity = Severity.WARNING
    weight: ClassVar[int]

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        """Of each part of the pod that the item is about; of none it does not apply."""
        raise NotImplementedError

    @classmethod
    def result(cls, subject: Subject) -> Result:
        """Fails where one part does; does not apply where no part passes."""
        verdicts = [one for pod in subject.pods for one in cls.judge(pod, subject.beside)]
        of = {outcome: [one for one in verdicts if one.outcome is outcome] for outcome in Outcome}
        if failed := of[Outcome.FAILED]:
            return Result(cls, Outcome.FAILED, failed[0], _finding(cls, failed))
        outcome = Outcome.PASSED if of[Outcome.PASSED] else Outcome.NOT_APPLICABLE
        return Result(cls, outcome, next(iter(of[outcome]), None))


class ContainerItem(ChecklistItem):
    """An item that looks at each container by itself, at initial ones only if it says so."""

    with_initial: ClassVar[bool] = False

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:  # noqa: ARG003
        for container in pod.containers if cls.with_initial else pod.main:
            if verdict := cls.judge_container(pod, container):
                yield verdict

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict | None:
        """None where there is nothing to judge."""
        raise NotImplementedError


def passed(place: Place) -> Verdict:
    return Verdict(Outcome.PASSED, place)


def failed(place: Place, message: str, **arguments: Argument) -> Verdict:
    return Verdict(Outcome.FAILED, place, message, arguments)


def spared(place: Place, message: str, **arguments: Argument) -> Verdict:
    """The item does not apply, for the reason that the message says."""
    return Verdict(Outcome.NOT_APPLICABLE, place, message, arguments)


def _finding(item: type[ChecklistItem], verdicts: list[Verdict]) -> Finding:
    first, *others = verdicts
    finding = item.finding(first.place, first.message, **first.arguments)
    for place in dict.fromkeys(other.place for other in others if other.place != first.place):
        finding = finding.beside(place, "also")
    return finding
