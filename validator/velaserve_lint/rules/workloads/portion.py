# SPDX-License-Identifier: Apache-2.0
"""Numbers of pods that may be percentages: 1, 25%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor

_PERCENT = re.compile("([0-9]{1,9})%", re.ASCII)


class Portion(NamedTuple):
    """A number of pods, or of a hundred."""

    number: int
    is_percent: bool = False


def portion(cursor: Cursor, default: Portion | None = None) -> Portion | None:
    """What is written; the default where nothing is; None where that is neither."""
    if cursor.value is None:
        return default
    if cursor.number is not None:
        return Portion(cursor.number)
    found = _PERCENT.fullmatch(cursor.text)
    return Portion(int(found[1]), is_percent=True) if found else None
