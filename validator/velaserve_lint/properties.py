# SPDX-License-Identifier: Apache-2.0
"""Properties against the schema of their type, where there is one.

What override policies and inputs add counts for what is required; what an override says itself is a
part, in which nothing is.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from velaserve_lint.overrides import type_of
from velaserve_lint.partial import partial
from velaserve_lint.rules import schema_rules
from velaserve_lint.suggest import misspelt
from velaserve_lint.violations import Validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_lint.application import Application, Typed
    from velaserve_lint.definitions import Definition
    from velaserve_lint.document import Json
    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


def check(application: Application) -> Iterator[Finding]:
    """What is wrong with the properties of the whole Application."""
    for typed in application.typed():
        definition = application.catalogue.find(typed.kind, typed.definition)
        if definition is None or (validator := _validator(definition)) is None:
            continue
        found = _violations(application, typed, validator)
        if typed.path in application.completed:
            whole = _violations(application, typed, validator, application.completed[typed.path])
            found = _lasting(found, list(whole))
        yield from _explained(found, definition)
    for patch in application.patched():
        name = type_of(patch, application).partition("@")[0]
        definition = application.catalogue.find(patch.kind, name)
        if definition is not None and (validator := _validator_of_parts(definition)):
            yield from _explained(_violations(application, patch, validator), definition)


@functools.cache
def _validator(definition: Definition) -> Validator | None:
    return Validator(definition.schema) if definition.schema else None


@functools.cache
def _validator_of_parts(definition: Definition) -> Validator | None:
    return Validator(partial(definition.schema)) if definition.schema else None


def _violations(
    application: Application, typed: Typed, validator: Validator, data: Json = None
) -> Iterator[Violation]:
    """Of the properties, or of what becomes of them."""
    if _is_meant(application, typed):
        properties = typed.properties if data is None else data
        path = (*typed.path, "properties")
        yield from validator.violations(application.document, properties, path)


def _lasting(found: Iterable[Violation], whole: list[Violation]) -> Iterator[Violation]:
    """What is still so when everything has been put in; a key too many stays one."""
    after = {(one.path, one.keyword): one for one in whole}
    for violation in found:
        if violation.keyword == "additionalProperties":
            yield violation
        elif (last := after.get((violation.path, violation.keyword))) is not None:
            yield replace(violation, found=last.found)


def _explained(violations: Iterable[Violation], definition: Definition) -> Iterator[Finding]:
    for violation in violations:
        rules = schema_rules("2", foreign=not definition.is_exact)
        yield from rules[violation.keyword].check(violation)


def _is_meant(application: Application, typed: Typed) -> bool:
    """Not where something else or a misspelt key stands: the envelope has reported that."""
    around = application.document.data_at(typed.path)
    if not isinstance(around, dict):
        return False
    if "properties" in around:
        return isinstance(around["properties"], dict | None)
    return not any(misspelt(key, ["properties"]) for key in around)
