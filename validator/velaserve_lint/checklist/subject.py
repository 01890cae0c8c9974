# SPDX-License-Identifier: Apache-2.0
"""What the checklist judges: the pods of one workload, or of one component of an Application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place, Span
    from velaserve_lint.pods import Pod


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind` and `name` as written; `application` is empty for what is in none.

    `is_known` says whether anything is known of its pods. `within` are the lines of the document,
    `outside` the lines of its other components: a mistake there is not the subject's.
    """

    kind: str
    name: str
    application: str
    place: Place
    pods: tuple[Pod, ...]
    beside: Beside
    within: Span
    outside: tuple[Span, ...] = ()
    is_known: bool = True

    def concerns(self, finding: Finding) -> bool:
        """Whether a mistake is one of the subject, or of all that is around it."""
        line = finding.span.line
        is_here = finding.file == self.place.file and _has(self.within, line)
        return is_here and not any(_has(span, line) for span in self.outside)


def _has(span: Span, line: int) -> bool:
    return span.line <= line <= span.end_line
