# SPDX-License-Identifier: Apache-2.0
"""A key that the schema requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from velaserve_lint.rule import SchemaRule
from velaserve_lint.suggest import COMPARED, suggest
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


class MissingKey(SchemaRule):
    """Reported at the parent's key, unless a misspelt key shows that it was meant."""

    keywords: ClassVar[tuple[str, ...]] = ("required",)
    messages = sentences(
        missing=Text("'{parent}' needs '{key}', which is missing", "'{parent}' 缺少必填的 '{key}'"),
        root=Text("'{key}' is missing", "缺少必填的 '{key}'"),
    )

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        meant = {suggest(key, violation.missing_keys) for key in violation.unknown_keys[:COMPARED]}
        place = violation.document.key(violation.path)
        message = "missing" if violation.path else "root"
        for key in violation.missing_keys:
            if key not in meant:
                yield cls.finding(place, message, key=key, parent=violation.label)
