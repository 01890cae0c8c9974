# SPDX-License-Identifier: Apache-2.0
"""Remembers what was worked out about an Application while several rules ask for it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_lint.application import Application

_R = TypeVar("_R")


def once(function: Callable[[Application], _R]) -> Callable[[Application], _R]:
    """Calls the function once for each Application, as long as no other one comes between.

    By identity: rules get one Application after the other, and nobody changes it.
    """
    last: list[tuple[Application, _R]] = []

    @functools.wraps(function)
    def remembered(application: Application) -> _R:
        if not last or last[0][0] is not application:
            last[:] = [(application, function(application))]
        return last[0][1]

    return remembered
