# SPDX-License-Identifier: Apache-2.0
"""A number that is too small or too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import SchemaRule
from velaserve_lint.rules.words import shown
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


class OutOfRange(SchemaRule):
    """Reported at the value; there is a message for each keyword."""

    messages = sentences(
        minimum=Text(
            "'{name}' must be at least {limit}, found {value}",
            "'{name}' 至少为 {limit}，实为 {value}",
        ),
        maximum=Text(
            "'{name}' must be at most {limit}, found {value}",
            "'{name}' 最多为 {limit}，实为 {value}",
        ),
        exclusiveMinimum=Text(
            "'{name}' must be more than {limit}, found {value}",
            "'{name}' 应大于 {limit}，实为 {value}",
        ),
        exclusiveMaximum=Text(
            "'{name}' must be less than {limit}, found {value}",
            "'{name}' 应小于 {limit}，实为 {value}",
        ),
    )
    keywords = tuple(messages)

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        yield cls.finding(
            violation.document.value(violation.path),
            violation.keyword,
            name=violation.label,
            limit=str(violation.expected),
            value=shown(violation.found),
            usage=violation.usage,
        )
