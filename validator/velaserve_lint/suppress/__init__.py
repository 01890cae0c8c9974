# SPDX-License-Identifier: Apache-2.0
"""Findings that a file says it does not want to hear of, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.suppress.annotations import annotated
from velaserve_lint.suppress.comments import commented

if TYPE_CHECKING:
    from velaserve_lint.source import Source
    from velaserve_lint.suppress.suppression import Suppression

_WORD = "velaserve"


def suppressions_in(source: Source, file: str) -> list[Suppression]:
    """Those of a file, in comments and in annotations."""
    if _WORD not in source.text:
        return []
    return [*commented(source, file), *(one for doc in source.documents for one in annotated(doc))]
