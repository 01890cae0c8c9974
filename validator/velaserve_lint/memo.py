# SPDX-License-Identifier: Apache-2.0
"""Remembers what was worked out about something while several rules ask for it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_S = TypeVar("_S")
_R = TypeVar("_R")


def once(function: Callable[[_S], _R]) -> Callable[[_S], _R]:
    """Calls the function once for each subject, as long as no other one comes between.

    By identity: rules get one Application after the other, and nobody changes it.
    """
    last: list[tuple[_S, _R]] = []

    @functools.wraps(function)
    def remembered(subject: _S) -> _R:
        if not last or last[0][0] is not subject:
            last[:] = [(subject, function(subject))]
        return last[0][1]

    return remembered
