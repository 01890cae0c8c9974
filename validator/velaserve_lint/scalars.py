# SPDX-License-Identifier: Apache-2.0
"""What a plain YAML scalar means to the cluster.

kubectl and the API server read YAML with sigs.k8s.io/yaml, which resolves scalars by go-yaml v2's
table: neither YAML 1.1 nor YAML 1.2. This is that table; tests/validator/golden/scalars.tsv is
written by the original.
"""

from __future__ import annotations

import functools
import math
import re
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

_TAG = "tag:yaml.org,2002:"


class WrongTag(ValueError):
    """Raised when a scalar cannot be what its tag says, as in `!!int abc`."""


def _spellings(*words: str) -> list[str]:
    return [form for word in words for form in (word, word.capitalize(), word.upper())]


_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(_spellings("y", "yes", "true", "on"), True),
    **dict.fromkeys(_spellings("n", "no", "false", "off"), False),
    **dict.fromkeys(["", "~", *_spellings("null")], None),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], math.nan),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], math.inf),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -math.inf),
}
_FIRST = frozenset("+-.0123456789")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_INTEGERS = (
    (re.compile(r"[+-]?0[xX][0-9a-fA-F]+"), 16),
    (re.compile(r"[+-]?0[oO][0-7]+"), 8),
    (re.compile(r"[+-]?0[bB][01]+|0b[+-][01]+"), 2),
    (re.compile(r"[+-]?0[0-7]+"), 8),
    (re.compile(r"[+-]?(0|[1-9][0-9]{0,19})"), 10),
)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DOT_FLOAT = re.compile(r"\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?")
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1


@functools.lru_cache(maxsize=4096)  # files say the same words again and again
def resolve(text: str) -> Scalar:
    """The value of a plain scalar; dates stay text, as in the cluster."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST:
        return text
    if text[0] == ".":
        return _float(text) if _DOT_FLOAT.fullmatch(text) else text
    return text if _DATE.fullmatch(text) else _number(text)


def is_ambiguous(text: str, value: Scalar) -> bool:
    """Whether a YAML 1.2 parser reads a plain scalar as something else than the cluster does.

    0644 is not counted: it is how everybody writes the mode of a file, and octal is meant.
    """
    if isinstance(value, bool):
        return text.lower() not in ("true", "false")
    if not isinstance(value, int | float) or text.isdecimal():
        return False
    return "_" in text or text.lstrip("+-")[:2].lower() == "0b"


def resolve_tagged(tag: str, text: str) -> Scalar:
    """The value of a scalar with an explicit tag; tags that YAML does not define mean text.

    Raises:
        WrongTag: the text is not of the tag's type.
    """
    kind = tag.removeprefix(_TAG) if tag.startswith(_TAG) else "str"
    if kind not in _TYPES:
        return text
    value = resolve(text)
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value) is not _TYPES[kind]:
        raise WrongTag(kind)
    return value


_TYPES = {"bool": bool, "int": int, "float": float, "null": type(None)}


def _number(text: str) -> Scalar:
    digits = text.replace("_", "")
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(digits):
            value = int(_without_inner_sign(digits), base)
            if _SMALLEST <= value <= _LARGEST:
                return value
    number = _float(digits) if _FLOAT.fullmatch(digits) else digits
    return text if isinstance(number, str) else number


def _without_inner_sign(digits: str) -> str:
    """go-yaml reads 0b-11 as -0b11."""
    return digits[2] + digits[:2] + digits[3:] if digits[2:3] in {"+", "-"} else digits


def _float(text: str) -> float | str:
    value = float(text)
    return text if math.isinf(value) else value
