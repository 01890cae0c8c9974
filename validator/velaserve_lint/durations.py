# SPDX-License-Identifier: Apache-2.0
"""Times as Go's time.ParseDuration reads them."""

from __future__ import annotations

import re

_DURATION = re.compile(r"[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_DAYS = re.compile(r"(\d{1,6})\s*d(?:ays?)?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,9})")


def is_duration(text: str) -> bool:
    """Days are none: the longest unit is an hour."""
    return _DURATION.fullmatch(text) is not None


def meant(text: str) -> str:
    """What somebody meant by it, or how it could look."""
    if days := _DAYS.fullmatch(text):
        return f"{int(days[1]) * 24}h"
    number = _NUMBER.fullmatch(text)
    return f"{number[1]}s" if number else "1h30m"
