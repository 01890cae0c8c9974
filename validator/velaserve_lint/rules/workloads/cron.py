# SPDX-License-Identifier: Apache-2.0
"""Schedules of CronJobs, as github.com/robfig/cron v3 reads them for Kubernetes."""

from __future__ import annotations

import re
from typing import NamedTuple

from velaserve_lint.placeholders import has_placeholder

_EVERY = re.compile(r"@every [+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+", re.ASCII)
_NAMED = frozenset({"yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


class Field(NamedTuple):
    """One of the five; `names` count from `least`."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()


FIELDS = (
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day of month", 1, 31),
    Field("month", 1, 12, _MONTHS),
    Field("day of week", 0, 6, _DAYS),
)


class Problem(NamedTuple):
    """A message of the rule, and what it is about."""

    message: str
    part: str = ""
    field: str = ""


def problem(schedule: str) -> Problem | None:
    """The first thing that is wrong with a schedule."""
    if has_placeholder(schedule):
        return None
    if "TZ" in schedule:
        return Problem("zone")
    if schedule.startswith("@"):
        known = schedule[1:] in _NAMED or _EVERY.fullmatch(schedule)
        return None if known else Problem("shortcut", schedule)
    parts = schedule.split()
    if len(parts) != len(FIELDS):
        return Problem("fields", str(len(parts)))
    for part, field in zip(parts, FIELDS, strict=True):
        for choice in filter(None, part.split(",")):
            if _times(choice, field) is None:
                return Problem("field", choice, field.name)
    return None


def never_comes(schedule: str) -> bool:
    """Whether no month has such a day; a day of the week, too, would be enough to run."""
    parts = schedule.split()
    if problem(schedule) or len(parts) != len(FIELDS) or parts[4] not in ("*", "?"):
        return False
    days, months = _all(parts[2], FIELDS[2]), _all(parts[3], FIELDS[3])
    return all(min(days) > _LONGEST_MONTH.get(month, 31) for month in months)


def _all(part: str, field: Field) -> set[int]:
    choices = filter(None, part.split(","))
    return {time for choice in choices for time in _times(choice, field) or ()} or {0}


def _times(choice: str, field: Field) -> range | None:
    """The times that `*`, `5`, `1-5`, `*/10` or `mon-fri/2` stand for; None where it is wrong."""
    span, slash, step = choice.partition("/")
    first, dash, last = span.partition("-")
    is_any = first in ("*", "?")
    to_the_end = is_any or (slash and not dash)
    start = field.least if is_any else _number(first, field)
    end = field.most if to_the_end else _number(last if dash else first, field)
    every = _whole(step) if slash else 1
    if start is None or end is None or not every or not field.least <= start <= end <= field.most:
        return None
    return range(start, end + 1, every)


def _number(text: str, field: Field) -> int | None:
    if text.lower() in field.names:
        return field.least + field.names.index(text.lower())
    return _whole(text)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
