# SPDX-License-Identifier: Apache-2.0
"""Quantities of Kubernetes, to compare them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.document import Json

_FORM = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})?", re.ASCII)
_DECIMAL = dict(zip("numkMGTPE", (-9, -6, -3, 3, 6, 9, 12, 15, 18), strict=True))
_BINARY = "KMGTPE"
_LONGEST = 64


def quantity(value: Json) -> Decimal | None:
    """How much it is; None for what is no quantity."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or len(text) > _LONGEST or not (found := _FORM.fullmatch(text)):
        return None
    number, suffix = Decimal(found[1]), found[2] or ""
    if suffix.endswith("i"):
        return number * Decimal(1024) ** (_BINARY.index(suffix[0]) + 1)
    exponent = _DECIMAL[suffix] if suffix in _DECIMAL else int(suffix[1:] or 0)
    return number.scaleb(exponent)
