# SPDX-License-Identifier: Apache-2.0
"""How much of an Application was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.report import Coverage

if TYPE_CHECKING:
    from velaserve_lint.application import Application, Typed
    from velaserve_lint.catalogue import Catalogue


def coverage_of(application: Application) -> Coverage:
    """One Application, and the types in it whose properties nobody looked at."""
    ways = [_way(typed, application.catalogue) for typed in application.typed() if typed.type]
    return Coverage(
        applications=1,
        built_in=ways.count("built-in"),
        without_schema=ways.count("foreign"),
        unknown=ways.count("unknown"),
    )


def _way(typed: Typed, catalogue: Catalogue) -> str:
    """Why the properties were not checked; nothing where they were."""
    definition = catalogue.find(typed.kind, typed.definition)
    if definition is not None:
        return definition.origin if definition.schema is None else ""
    return "foreign" if catalogue.knows(typed.kind, typed.definition) else "unknown"
