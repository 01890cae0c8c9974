# SPDX-License-Identifier: Apache-2.0
"""How much of an Application was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.definitions import is_built_in, schema_of
from velaserve_lint.report import Coverage

if TYPE_CHECKING:
    from velaserve_lint.application import Application


def coverage_of(application: Application) -> Coverage:
    """One Application, and the types in it whose properties nobody looked at."""
    unchecked = [
        typed
        for typed in application.typed()
        if typed.type and schema_of(typed.kind, typed.definition) is None
    ]
    built_in = sum(is_built_in(typed.kind, typed.definition) for typed in unchecked)
    return Coverage(applications=1, built_in=built_in, unknown=len(unchecked) - built_in)
