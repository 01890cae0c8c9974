# SPDX-License-Identifier: Apache-2.0
"""A key that the schema does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import SchemaRule
from velaserve_lint.suggest import COMPARED, is_slip, suggest
from velaserve_lint.text import Text, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


def unknown_key_messages(noun: Text) -> dict[str, Text]:
    """The messages of an UnknownKey rule, for keys that are called `noun`."""
    en, zh = f"unknown {noun.en} '{{key}}'", f"未知{noun.zh} '{{key}}'"
    return {
        "near": Text(f"{en}; did you mean '{{near}}'?", f"{zh}；是否指 '{{near}}'？"),
        "allowed": Text(f"{en}; possible here: {{allowed}}", f"{zh}；此处可用：{{allowed}}"),
        "pattern": Text(f"{en}; names here match {{pattern}}", f"{zh}；此处名称须匹配 {{pattern}}"),
    }


class UnknownKey(SchemaRule):
    """Reported at the key, with the key that was meant or those that are possible."""

    keywords = ("additionalProperties",)

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        free = violation.possible_keys - violation.keys
        for index, key in enumerate(violation.unknown_keys):
            place = violation.document.key((*violation.path, key))
            if index < COMPARED and (near := suggest(key, free)):
                finding = cls.finding(place, "near", key=key, near=near)
                yield finding.mended_by(place, key, near) if is_slip(key, near) else finding
            elif violation.possible_keys:
                allowed = shortened(", ".join(sorted(free or violation.possible_keys)))
                yield cls.finding(place, "allowed", key=key, allowed=allowed)
            else:
                pattern = " / ".join(violation.key_patterns)
                yield cls.finding(place, "pattern", key=key, pattern=pattern)
