# SPDX-License-Identifier: Apache-2.0
"""Properties against the schema of their type, where the type is ours."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from velaserve_lint.rules import schema_rules
from velaserve_lint.suggest import misspelt
from velaserve_lint.violations import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Typed
    from velaserve_lint.definitions import Definition
    from velaserve_lint.finding import Finding


def check(application: Application) -> Iterator[Finding]:
    """What is wrong with the properties of the whole Application."""
    for typed in application.typed():
        definition = application.catalogue.find(typed.kind, typed.definition)
        validator = _validator(definition) if definition else None
        if validator and _is_meant(application, typed):
            path = (*typed.path, "properties")
            for violation in validator.violations(application.document, typed.properties, path):
                yield from schema_rules("2")[violation.keyword].check(violation)


@functools.cache
def _validator(definition: Definition) -> Validator | None:
    return Validator(definition.schema) if definition.schema else None


def _is_meant(application: Application, typed: Typed) -> bool:
    """Not where something else or a misspelt key stands: the envelope has reported that."""
    around = application.document.data_at(typed.path)
    if not isinstance(around, dict):
        return False
    if "properties" in around:
        return isinstance(around["properties"], dict | None)
    return not any(misspelt(key, ["properties"]) for key in around)
