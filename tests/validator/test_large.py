# SPDX-License-Identifier: Apache-2.0
"""Large files: work that grows with them and no faster, and an end in reasonable time."""

from __future__ import annotations

import cProfile
import time

import pytest

from support.large import LONG, MANY, steps_down
from velaserve_lint import lint

SMALL = 6_000
TIMES = 4
# Of work that grows with the size; the square would be 16.
MOST = 5.5
MEGABYTE, SECONDS = 1024 * 1024, 20
NOT_PLAIN = b"# &\n"
FIVE = ("text", "Chinese", "template", "junk", "blank lines")


def calls(text: str | bytes) -> int:
    """How much work it is, whatever else the machine does; of all sizes the same, so none plain."""
    text = NOT_PLAIN + (text.encode() if isinstance(text, str) else text)
    profile = cProfile.Profile()
    profile.enable()
    lint(text)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("name", MANY)
def test_four_times_the_file_is_four_times_the_work(name: str) -> None:
    lint(MANY[name](SMALL // 4))  # what is loaded once

    assert calls(MANY[name](SMALL * TIMES)) <= calls(MANY[name](SMALL)) * MOST


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_takes_seconds(name: str) -> None:
    begin = time.process_time()
    lint(LONG[name](MEGABYTE * (5 if name in FIVE else 1)))

    assert time.process_time() - begin < SECONDS


def test_a_file_of_many_objects_takes_seconds() -> None:
    begin = time.process_time()
    report = lint(MANY["Deployments"](MEGABYTE // 2))

    assert report.coverage.objects > 1_000
    assert report.findings == ()
    assert time.process_time() - begin < SECONDS


def test_endless_nesting_is_one_finding() -> None:
    assert [one.id for one in lint(steps_down(1_000)).findings] == ["VS004"]
