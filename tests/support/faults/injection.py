# SPDX-License-Identifier: Apache-2.0
"""Injects faults into clean objects and counts which of them are found."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from support.faults.subjects import APPLICATION, dumped, said, subjects
from velaserve_lint import Severity, lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.faults.fault import Fault
    from support.faults.subjects import Subject

SHOWN = 3


class Outcome(NamedTuple):
    """What became of one fault: `missed` and `cascades` name the objects."""

    fault: Fault
    applied: int
    missed: Sequence[str]
    cascades: Sequence[str]

    @property
    def row(self) -> str:
        """A row of the table: applied, found, and the first that was missed."""
        found = self.applied - len(self.missed)
        missed = "".join(f"\n{'':16}missed in {name}" for name in self.missed[:SHOWN])
        cascade = "".join(f"\n{'':16}{name}" for name in self.cascades[:SHOWN])
        return f"{self.applied:>7} {found:>7} {self.fault.name}{missed}{cascade}"


def outcome(fault: Fault) -> Outcome:
    """Of some injections, always the same ones."""
    missed, cascades, applied = [], [], 0
    for subject, turn in _order(fault):
        data = copy.deepcopy(subject.data)
        if applied == fault.most:
            break
        if not fault.change(data, Random(f"{fault.name} {subject.name} {turn}")):
            continue
        applied += 1
        report = lint(dumped(data))
        new = said(report) - subject.before
        if not any(rule in fault.ids for rule, _ in new):
            missed.append(f"{subject.name}: {sorted(new)}")
        if fault.errors is not None and report.count(Severity.ERROR) > fault.errors:
            cascades.append(f"{subject.name}: {sorted(new)}")
    return Outcome(fault, applied, missed, cascades)


def _order(fault: Fault) -> Iterator[tuple[Subject, int]]:
    """The objects of its kinds, in an order of its own."""
    fitting = [one for one in subjects() if fits(fault, one)]
    for turn in range(fault.turns):
        yield from ((one, turn) for one in sorted(fitting, key=lambda one: _key(fault, one)))


def fits(fault: Fault, subject: Subject) -> bool:
    return subject.kind in fault.kinds if fault.kinds else subject.kind != APPLICATION


def _key(fault: Fault, subject: Subject) -> bytes:
    return hashlib.sha256(f"{fault.name} {subject.name}".encode()).digest()


def by_kind() -> Counter[str]:
    """How many clean objects there are."""
    return Counter(one.kind for one in subjects())
