# SPDX-License-Identifier: Apache-2.0
"""The keywords of JSON Schema by which CustomResourceDefinitions limit values."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from velaserve_lint.document import Json

# Matching takes the square of the length at worst; where a text may be that long, none has a form.
_LONGEST = 2000


class _Keyword(NamedTuple):
    """The types that the keyword is for, and whether a value of them breaks its limit."""

    types: tuple[type, ...]
    is_broken: Callable[[Any, Any], bool]  # Any: what the types and our own package data say


def _shorter(value: Any, limit: int) -> bool:  # Any: what has a length
    return len(value) < limit


def _longer(value: Any, limit: int) -> bool:  # Any: what has a length
    return len(value) > limit


def _differs(value: str, pattern: str) -> bool:
    return len(value) <= _LONGEST and re.search(pattern, value) is None


_KEYWORDS: Mapping[str, _Keyword] = {
    "enum": _Keyword((str, int, float), lambda value, choices: value not in choices),
    "pattern": _Keyword((str,), _differs),
    "minLength": _Keyword((str,), _shorter),
    "maxLength": _Keyword((str,), _longer),
    "minimum": _Keyword((int, float), operator.lt),
    "maximum": _Keyword((int, float), operator.gt),
    "minItems": _Keyword((list,), _shorter),
    "maxItems": _Keyword((list,), _longer),
    "maxProperties": _Keyword((dict,), _longer),
}


def broken(limits: Mapping[str, Any], value: Json) -> Iterator[str]:  # Any: limits of any type
    """The keywords whose limits the value breaks; those for other types say nothing."""
    for name, limit in limits.items():
        keyword = _KEYWORDS.get(name)
        if keyword and isinstance(value, keyword.types) and keyword.is_broken(value, limit):
            yield name
