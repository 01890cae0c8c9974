# SPDX-License-Identifier: Apache-2.0
"""A value of another type than the schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import SchemaRule
from velaserve_lint.rules.words import kind_of, shown, types
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


class WrongType(SchemaRule):
    """Reported at the value."""

    keywords = ("type", "anyOf")
    messages = sentences(
        value=Text(
            "'{name}' must be {expected}, found {kind} {value}",
            "'{name}' 应为{expected}，实为{kind} {value}",
        ),
        quote=Text(
            "'{name}' must be {expected}, found {kind} {value}; put it in quotes",
            "'{name}' 应为{expected}，实为{kind} {value}；请加引号",
        ),
        kind=Text(
            "'{name}' must be {expected}, found {kind}", "'{name}' 应为{expected}，实为{kind}"
        ),
    )

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        found, value = violation.found, shown(violation.found)
        quotable = violation.expected_types == ["string"] and isinstance(found, bool | int | float)
        finding = cls.finding(
            violation.document.value(violation.path),
            "quote" if quotable else "value" if value else "kind",
            name=violation.label,
            expected=types(violation.expected_types),
            kind=kind_of(found),
            value=value,
        )
        yield finding.mended_by_quotes() if quotable else finding
