# SPDX-License-Identifier: Apache-2.0
"""Text and code as Markdown that shows just them."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*\[\]<>|~&]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9]))")
_CODE = re.compile(r"(`[^`]+`)")


def plain_text(text: str) -> str:
    """Text of anybody: no mark in it means anything."""
    return _MARKS.sub(r"\\\1", text)


def prose(text: str) -> str:
    """Text of our own, in which what stands between backticks is code."""
    parts = _CODE.split(text)
    parts[::2] = map(plain_text, parts[::2])
    return "".join(parts)


def fenced(code: str, language: str = "") -> str:
    """A block of code, whatever is in it."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    ending = "" if code.endswith("\n") else "\n"
    return f"{fence}{language}\n{code}{ending}{fence}\n"
