# SPDX-License-Identifier: Apache-2.0
"""The rules: one file each; a file is listed by its name, vs101_unknown_field.py holds VS101."""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from velaserve_lint.rule import ApplicationRule, Rule, SchemaRule

if TYPE_CHECKING:
    from collections.abc import Mapping


@functools.cache
def modules() -> Mapping[str, str]:
    """The module of each rule by its id, sorted; imports none of them."""
    files = sorted(Path(__file__).parent.glob("*/[a-z][a-z]*[0-9][0-9][0-9]_*.py"), key=_stem)
    return {_id(file): f"{__name__}.{file.parent.name}.{file.stem}" for file in files}


@functools.cache
def find(rule_id: str) -> type[Rule]:
    """The rule with that id.

    Raises:
        KeyError: there is none.
    """
    module = importlib.import_module(modules()[rule_id])
    candidates = (value for value in vars(module).values() if _is_rule(value))
    return next(rule for rule in candidates if rule.id == rule_id)


@functools.cache
def every() -> tuple[type[Rule], ...]:
    """All rules, by id."""
    return tuple(find(rule_id) for rule_id in modules())


@functools.cache
def application_rules() -> tuple[type[ApplicationRule], ...]:
    return tuple(rule for rule in every() if issubclass(rule, ApplicationRule))


@functools.cache
def schema_rules(family: str) -> Mapping[str, type[SchemaRule]]:
    """The rules of a family (the first digit of the id) that explain a schema, by keyword."""
    rules = [rule for rule in every() if issubclass(rule, SchemaRule) and rule.id[2] == family]
    return {keyword: rule for rule in rules for keyword in rule.keywords}


def _is_rule(value: object) -> TypeGuard[type[Rule]]:
    return isinstance(value, type) and issubclass(value, Rule) and "id" in vars(value)


def _stem(file: Path) -> str:
    return file.stem


def _id(file: Path) -> str:
    return file.stem.partition("_")[0].upper()
