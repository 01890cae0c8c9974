# SPDX-License-Identifier: Apache-2.0
"""Several mistakes are found in one run: one does not hide another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ci.tools.errors import NotReady
from support.faults.pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER, LOST = 200, 0.03


def test_two_mistakes_are_told_as_each_alone(say: Callable[[str], None]) -> None:
    """Nearly all: some make the other one impossible to judge."""
    try:
        found = list(pairs(NUMBER, "two"))
    except NotReady as err:
        pytest.skip(str(err))
    told = sum(len(pair.alone) for pair in found)
    lost = [line for pair in found for line in pair.lost]
    say(
        f"pairs: {NUMBER} of two mistakes, {told} findings of each alone, {len(lost)} lost together"
    )

    assert len(lost) <= told * LOST, "\n".join(lost)
