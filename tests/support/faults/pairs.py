# SPDX-License-Identifier: Apache-2.0
"""Two mistakes at once in one object: each is told as it would be alone."""

from __future__ import annotations

import copy
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from support.faults.families import FAMILIES
from support.faults.injection import fits
from support.faults.subjects import dumped, subjects
from velaserve_lint import Severity, lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.faults.fault import Fault, Object
    from support.faults.subjects import Subject

Told = frozenset[tuple[str, str]]
# Of a kind that there is not, nothing else is said.
_ALL_THERE_IS_TO_SAY = "VS308"
_WRONG_SHAPE = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class Pair(NamedTuple):
    """What each mistake alone adds to what is told, and what of that is told of both together."""

    name: str
    alone: Told
    kept: Told

    @property
    def lost(self) -> list[str]:
        missing = sorted(self.alone - self.kept)
        return [f"{rule} at {pointer} of {self.name}" for rule, pointer in missing]


def pairs(number: int, seed: str) -> Iterator[Pair]:
    """Some of all that can be made, always the same ones."""
    random, made = Random(seed), 0
    while made < number:
        subject = random.choice(subjects())
        fitting = [
            fault for family in FAMILIES.values() for fault in family if fits(fault, subject)
        ]
        pair = _pair(subject, random.sample(fitting, 2), Random(random.random()))
        if pair and not any(rule == _ALL_THERE_IS_TO_SAY for rule, _ in pair.alone):
            made += 1
            yield pair


def _pair(subject: Subject, faults: list[Fault], random: Random) -> Pair | None:
    """None where one cannot be made, or changes what the other one is about."""
    seeds = [str(random.random()) for _ in faults]
    one, other = zip(faults, seeds, strict=True)
    datas = [_with(subject, *order) for order in ((one,), (other,), (one, other), (other, one))]
    if None in datas or datas[2] != datas[3]:
        return None
    before = _told(subject.data)
    first, second, both, _ = [_told(data) for data in datas if data is not None]
    name = f"{subject.name}: {faults[0].name}, {faults[1].name}"
    return Pair(name, (first | second) - before, both)


def _with(subject: Subject, *faults: tuple[Fault, str]) -> Object | None:
    data = copy.deepcopy(subject.data)
    try:
        made = all(fault.change(data, Random(seed)) for fault, seed in faults)
    except _WRONG_SHAPE:  # a change is made for clean objects
        return None
    return data if made else None


def _told(data: Object) -> Told:
    """No hints: many say only that nothing is known."""
    found = lint(dumped(data)).findings
    return frozenset((one.id, one.pointer) for one in found if one.severity > Severity.INFO)
