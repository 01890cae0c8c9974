# SPDX-License-Identifier: Apache-2.0
"""The rules: one file each; a file is listed by its name, vs101_unknown_field.py holds VS101."""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from velaserve_lint.rule import ApplicationRule, ManifestRule, PodRule, Rule, RunRule, SchemaRule

if TYPE_CHECKING:
    from collections.abc import Mapping

_AnyRule = TypeVar("_AnyRule", bound=Rule)


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


def application_rules() -> tuple[type[ApplicationRule], ...]:
    return _of(ApplicationRule, "application", "ascend")


def manifest_rules(folder: str) -> tuple[type[ManifestRule], ...]:
    """Those for an object: `kserve` has its own, `workloads` are for all others."""
    return _of(ManifestRule, folder, "ascend")


def pod_rules() -> tuple[type[PodRule], ...]:
    return _of(PodRule, "workloads", "kserve", "ascend")


def run_rules() -> tuple[type[RunRule], ...]:
    return _of(RunRule, "relations", "kserve")


@functools.cache
def schema_rules(family: str) -> Mapping[str, type[SchemaRule]]:
    """The rules of a family (the first digit of the id) that explain a schema, by keyword."""
    rules = [find(rule_id) for rule_id in modules() if rule_id.startswith(f"VS{family}0")]
    explained = [rule for rule in rules if issubclass(rule, SchemaRule)]
    return {keyword: rule for rule in explained for keyword in rule.keywords}


@functools.cache
def _of(base: type[_AnyRule], *folders: str) -> tuple[type[_AnyRule], ...]:
    """The rules of a kind in some folders: no others are imported, most runs need few."""
    prefixes = tuple(f"{__name__}.{folder}." for folder in folders)
    ids = [rule_id for rule_id, module in modules().items() if module.startswith(prefixes)]
    return tuple(rule for rule in map(find, ids) if issubclass(rule, base))


def _is_rule(value: object) -> TypeGuard[type[Rule]]:
    return isinstance(value, type) and issubclass(value, Rule) and "id" in vars(value)


def _stem(file: Path) -> str:
    return file.stem


def _id(file: Path) -> str:
    """vs101_… is VS101; a checklist's item, sec001_…, is SEC-001."""
    head = file.stem.partition("_")[0].upper()
    letters, digits = head[:-3], head[-3:]
    return letters + digits if letters == "VS" else f"{letters}-{digits}"
