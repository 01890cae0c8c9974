# SPDX-License-Identifier: Apache-2.0
"""Mistakes put into clean manifests are found, so that silence does not win; and each is said once.

`python -m ci.bench.faults` prints the table.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from ci.tools.errors import NotReady
from support.faults.families import FAMILIES
from support.faults.injection import outcome
from velaserve_lint.rules import ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.faults.injection import Outcome

FOUND, CASCADES = 0.99, 0.01
EACH = pytest.mark.parametrize("family", FAMILIES)
# It compares with what was before; its own test does.
OF_UPDATES = {"VS427"}


@cache
def outcomes(family: str) -> tuple[Outcome, ...]:
    try:
        return tuple(outcome(fault) for fault in FAMILIES[family])
    except NotReady as err:
        pytest.skip(str(err))


@EACH
def test_nearly_all_are_found(family: str, say: Callable[[str], None]) -> None:
    rows = outcomes(family)
    applied = sum(row.applied for row in rows)
    missed = sum(len(row.missed) for row in rows)
    say(f"{family}: {len(rows)} faults, {applied} injections, {applied - missed} found")

    assert missed <= applied * (1 - FOUND), "\n".join(row.row for row in rows if row.missed)


@EACH
def test_each_can_be_made(family: str) -> None:
    assert [row.fault.name for row in outcomes(family) if not row.applied] == []


@EACH
def test_one_mistake_is_one_error(family: str) -> None:
    rows = [row for row in outcomes(family) if row.fault.errors is not None]
    applied = sum(row.applied for row in rows)

    more = sum(len(row.cascades) for row in rows)
    assert more <= applied * CASCADES, "\n".join(row.row for row in rows if row.cascades)


@pytest.mark.parametrize(
    ("first", "last"),
    [("VS301", "VS349"), ("VS401", "VS430"), ("VS441", "VS461"), ("VS501", "VS520")],
)
def test_there_is_a_fault_for_each_rule(first: str, last: str) -> None:
    faults = {rule for family in FAMILIES.values() for fault in family for rule in fault.ids}
    rules = {rule for rule in ids() if first <= rule <= last}

    assert rules - faults == OF_UPDATES & rules


@EACH
def test_names_are_unique(family: str) -> None:
    """A fault's injections are chosen by its name."""
    names = [fault.name for fault in FAMILIES[family]]

    assert sorted(set(names)) == sorted(names)
