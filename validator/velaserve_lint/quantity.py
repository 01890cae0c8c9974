# SPDX-License-Identifier: Apache-2.0
"""Kubernetes' quantities: 500m, 2Gi, 1e3."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.document import Json

# k8s.io/apimachinery pkg/api/resource: a number, then a suffix or an exponent.
_QUANTITY = re.compile(
    r"([+-]?)(\d*)\.?(?:(?<=\.)(\d*))?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,2})?", re.ASCII
)
_DECIMAL = {"": 0, "n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_SUFFIXES = frozenset({*_DECIMAL, *_BINARY})
_LONGEST = 64  # nobody means a longer one, and Python's integers get slow
# What people write who know other units: 512MB, 2 GiB, 4g.
_UNIT = re.compile(r"\s*(\d+\.?\d*)\s*([kmgt])(i?)b?\s*", re.ASCII | re.IGNORECASE)

NANO = 10**9


def nanos(value: Json) -> int | None:
    """The amount in billionths, which are the smallest there are; None of what is no quantity."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _nanos(str(value))


@functools.lru_cache(1024)
def _nanos(text: str) -> int | None:
    """Manifests say the same amounts again and again."""
    found = _QUANTITY.fullmatch(text) if 0 < len(text) <= _LONGEST else None
    return _amount(*found.groups(default="")) if found and (found[2] or found[3]) else None


def suffix_of(value: Json) -> str:
    """The letters after the digits of a quantity, such as m or Ki; an exponent is none."""
    letters = value.lstrip("+-.0123456789") if isinstance(value, str) else ""
    return letters if nanos(value) is not None and letters in _SUFFIXES else ""


def _amount(sign: str, whole: str, rest: str, suffix: str) -> int:
    """Rounded away from 0, as in the cluster."""
    digits = int(whole + rest) * int(2 ** _BINARY.get(suffix, 0))
    shift = 9 - len(rest) + _exponent(suffix)
    amount = digits * int(10 ** max(shift, 0))
    amount = -(-amount // int(10 ** max(-shift, 0)))
    return -amount if sign == "-" else amount


def _exponent(suffix: str) -> int:
    return 0 if suffix in _BINARY else _DECIMAL[suffix] if suffix in _DECIMAL else int(suffix[1:])


def mended(text: str) -> str | None:
    """The quantity that was meant, where that is clear: 512MB is 512M, 2 GiB is 2Gi."""
    found = _UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    unit = found[2].upper()
    return f"{found[1]}{'k' if unit == 'K' and not found[3] else unit}{found[3].lower()}"
