# SPDX-License-Identifier: Apache-2.0
"""The rules: one file each; a file is listed by its name, vs101_unknown_field.py holds VS101."""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from velaserve_lint.rule import (
    ApplicationRule,
    DemandRule,
    ManifestRule,
    PodRule,
    QueryRule,
    Rule,
    RunRule,
    SchemaRule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.checklist.item import ChecklistItem

_AnyRule = TypeVar("_AnyRule", bound=Rule)


_USERS_ID = re.compile(r"VS9\d\d")
_registered: dict[str, type[Rule]] = {}


class RuleError(Exception):
    """Raised when a rule from outside cannot be added."""


@functools.cache
def modules() -> Mapping[str, str]:
    """The module of each rule by its id, sorted; imports none of them."""
    files = sorted(Path(__file__).parent.glob("*/[a-z][a-z]*[0-9][0-9][0-9]_*.py"), key=_stem)
    return {_id(file): f"{__name__}.{file.parent.name}.{file.stem}" for file in files}


def register(rule: type[Rule]) -> None:
    """Adds a rule from outside, for all later runs of this process; the same one again is fine.

    Raises:
        RuleError: its id is not of family 9, or another rule's.
    """
    if not _USERS_ID.fullmatch(rule.id):
        raise RuleError(f"{rule.id}: expected an id from VS900 to VS999")
    if _registered.setdefault(rule.id, rule) is not rule:
        raise RuleError(f"{rule.id}: there are two rules of that id")


def forget_registered() -> None:
    """As if no rule had come from outside."""
    _registered.clear()


def ids() -> tuple[str, ...]:
    """The ids of all rules, sorted; imports none of them."""
    return tuple(sorted([*modules(), *_registered]))


def find(rule_id: str) -> type[Rule]:
    """The rule with that id.

    Raises:
        KeyError: there is none.
    """
    return _registered.get(rule_id) or _own(rule_id)


def every() -> tuple[type[Rule], ...]:
    """All rules, by id."""
    return tuple(find(rule_id) for rule_id in ids())


def application_rules() -> tuple[type[ApplicationRule], ...]:
    return _of(ApplicationRule, "application") + _users(ApplicationRule)


def manifest_rules(folder: str) -> tuple[type[ManifestRule], ...]:
    """Those for an object: `objects` are for all, `kserve` for KServe's, `workloads` for others."""
    return _of(ManifestRule, "objects", folder) + _users(ManifestRule)


def pod_rules() -> tuple[type[PodRule], ...]:
    return _of(PodRule, "workloads", "kserve") + _users(PodRule)


def query_rules() -> tuple[type[QueryRule], ...]:
    return _of(QueryRule, "queries")


def demand_rules() -> tuple[type[DemandRule], ...]:
    return _of(DemandRule, "ascend")


def run_rules() -> tuple[type[RunRule], ...]:
    return _of(RunRule, "relations", "kserve") + _users(RunRule)


def checklist_items() -> tuple[type[ChecklistItem], ...]:
    """The items of the production checklist, which only who asks for them pays for."""
    from velaserve_lint.checklist.item import ChecklistItem

    return _of(ChecklistItem, "checklist")


@functools.cache
def schema_rules(family: str, *, foreign: bool = False) -> Mapping[str, type[SchemaRule]]:
    """The rules of a family (the first digit of the id) that explain a schema, by keyword."""
    rules = [_own(rule_id) for rule_id in modules() if rule_id.startswith(f"VS{family}0")]
    explained = [rule for rule in rules if issubclass(rule, SchemaRule)]
    ours = {keyword: rule for rule in explained for keyword in rule.keywords}
    theirs = {keyword: rule for rule in explained for keyword in rule.foreign_keywords}
    return ours | theirs if foreign else ours


@functools.cache
def _of(base: type[_AnyRule], *folders: str) -> tuple[type[_AnyRule], ...]:
    """The rules of a kind in some folders: no others are imported, most runs need few."""
    prefixes = tuple(f"{__name__}.{folder}." for folder in folders)
    chosen = [rule_id for rule_id, module in modules().items() if module.startswith(prefixes)]
    return tuple(rule for rule in map(_own, chosen) if issubclass(rule, base))


def _users(base: type[_AnyRule]) -> tuple[type[_AnyRule], ...]:
    return tuple(rule for rule in _registered.values() if issubclass(rule, base))


@functools.cache
def _own(rule_id: str) -> type[Rule]:
    module = importlib.import_module(modules()[rule_id])
    candidates = (value for value in vars(module).values() if _is_rule(value))
    return next(rule for rule in candidates if rule.id == rule_id)


def _is_rule(value: object) -> TypeGuard[type[Rule]]:
    return isinstance(value, type) and issubclass(value, Rule) and "id" in vars(value)


def _stem(file: Path) -> str:
    return file.stem


def _id(file: Path) -> str:
    """vs101_… is VS101; a checklist's item, sec001_…, is SEC-001."""
    head = file.stem.partition("_")[0].upper()
    letters, digits = head[:-3], head[-3:]
    return letters + digits if letters == "VS" else f"{letters}-{digits}"
