# SPDX-License-Identifier: Apache-2.0
"""Waits for what others do in their own time; what was seen last is in the message."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
POLL_S = 0.2


def eventually(see: Callable[[], T], good: Callable[[T], bool], timeout_s: float, what: str) -> T:
    """What `see` returned when it was `good`; fails with what it returned last."""
    end = time.monotonic() + timeout_s
    while not good(seen := see()):
        assert time.monotonic() < end, f"{what}: not within {timeout_s:g} s; last seen: {seen}"
        time.sleep(POLL_S)
    return seen
