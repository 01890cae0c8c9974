# SPDX-License-Identifier: Apache-2.0
"""One wish not to hear of some rules in some lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place

_ID = re.compile(r"[A-Z]{2,4}-?\d{3}")
_LISTED = re.compile(rf"((?:{_ID.pattern}\b[\s,]*)*):?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suppression:
    """For findings that begin in the lines from `first_line` to `last_line`; `place` is its own."""

    ids: tuple[str, ...]
    reason: str
    first_line: int
    last_line: int
    place: Place

    def covers(self, finding: Finding) -> bool:
        """Whether it is about the finding's rule and place."""
        return (
            finding.id in self.ids
            and finding.file == self.place.file
            and self.first_line <= finding.span.line <= self.last_line
        )


def ids_in(text: str) -> tuple[str, ...]:
    """What is listed with commas; what cannot be an id is kept, to be reported."""
    return tuple(part.strip().upper() for part in text.split(",") if part.strip())


def split_reason(text: str) -> tuple[tuple[str, ...], str]:
    """`VS107, VS201: the reason` as ids and reason."""
    match = _LISTED.fullmatch(text.strip())
    listed, reason = match.groups() if match else ("", text)
    return tuple(_ID.findall(listed)), reason
