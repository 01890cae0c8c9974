# SPDX-License-Identifier: Apache-2.0
"""The linter as its tests use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.against import objects_of
from velaserve_lint.checklist.item import ChecklistItem
from velaserve_lint.settings import Settings
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from velaserve_lint.rule import Rule


def settings_of(rule: type[Rule]) -> Settings:
    """Those with which the rule is heard: of the checklist's items, all are or none."""
    earlier = tuple(objects_of(rule.earlier, "earlier.yaml", DEFAULT))
    return Settings(checklist=issubclass(rule, ChecklistItem), earlier=earlier)
