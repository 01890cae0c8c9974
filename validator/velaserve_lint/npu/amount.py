# SPDX-License-Identifier: Apache-2.0
"""How many of a device are asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.document import Json

# k8s.io/apimachinery pkg/api/resource: a number, then a suffix or an exponent.
_FORM = re.compile(
    r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?", re.ASCII
)
_DECIMAL = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_LONGEST = 64


def amount(value: Json) -> Decimal | None:
    """The quantity as a number; None of what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    found = _FORM.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    suffix = found[2] or ""
    if suffix.endswith("i"):
        return Decimal(found[1]) * Decimal(1024) ** ("KMGTPE".index(suffix[0]) + 1)
    return Decimal(found[1]).scaleb(_DECIMAL.get(suffix, 0) + int(found[3] or 0))


def suffix_of(value: Json) -> str:
    """The letters after the digits of a quantity, such as m or Ki."""
    found = _FORM.fullmatch(value) if isinstance(value, str) and len(value) <= _LONGEST else None
    return found[2] or "" if found else ""
