# SPDX-License-Identifier: Apache-2.0
"""Asks every item about every subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.checklist.subjects import subjects
from velaserve_lint.rules import checklist_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.application import Application
    from velaserve_lint.checklist.item import Result
    from velaserve_lint.checklist.subject import Subject
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


class Judged(NamedTuple):
    """A subject with what each item says of it, by id."""

    subject: Subject
    results: tuple[Result, ...]

    @property
    def findings(self) -> Iterator[Finding]:
        """What the items find."""
        return (one.finding for one in self.results if one.finding)


def judge(
    manifests: Sequence[Manifest], applications: Sequence[Application], targets: Targets
) -> tuple[Judged, ...]:
    return tuple(
        Judged(subject, tuple(item.result(subject) for item in checklist_items()))
        for subject in subjects(manifests, applications, targets)
    )
