# SPDX-License-Identifier: Apache-2.0
"""A value of the right type that is not one of those that are possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import SchemaRule
from velaserve_lint.rules.words import shown
from velaserve_lint.suggest import is_slip, suggest
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation

_CHOICES = ("enum", "const")
_LENGTHS = ("minLength", "maxLength", "minItems", "maxItems", "maxProperties")


class WrongValue(SchemaRule):
    """Reported at the value."""

    keywords = (*_CHOICES, "pattern", *_LENGTHS)
    messages = sentences(
        near=Text(
            "'{name}' cannot be {value}; did you mean '{near}'?",
            "'{name}' 不能为 {value}；是否指 '{near}'？",
        ),
        choice=Text(
            "'{name}' cannot be {value}; possible: {allowed}",
            "'{name}' 不能为 {value}；可选：{allowed}",
        ),
        pattern=Text(
            "'{name}' cannot be {value}; it must match {limit}",
            "'{name}' 不能为 {value}；须匹配 {limit}",
        ),
        minLength=Text(
            "'{name}' is too short, the least is {limit}", "'{name}' 过短，长度至少为 {limit}"
        ),
        maxLength=Text(
            "'{name}' is too long, the most is {limit}", "'{name}' 过长，长度最多为 {limit}"
        ),
        minItems=Text(
            "'{name}' has too few items, the least is {limit}", "'{name}' 条目过少，至少 {limit} 个"
        ),
        maxItems=Text(
            "'{name}' has too many items, the most is {limit}", "'{name}' 条目过多，最多 {limit} 个"
        ),
        maxProperties=Text(
            "'{name}' has too many keys, the most is {limit}", "'{name}' 键过多，最多 {limit} 个"
        ),
    )

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        place = violation.document.value(violation.path)
        name, value = violation.label, shown(violation.found)
        if violation.keyword not in _CHOICES:
            limit = str(violation.expected)
            usage = violation.usage
            yield cls.finding(
                place, violation.keyword, name=name, value=value, limit=limit, usage=usage
            )
        elif near := suggest(str(violation.found), violation.choices):
            finding = cls.finding(place, "near", name=name, value=value, near=near)
            old = str(violation.found)
            yield finding.mended_by(place, old, near) if is_slip(old, near) else finding
        else:
            allowed = ", ".join(violation.choices)
            yield cls.finding(place, "choice", name=name, value=value, allowed=allowed)
