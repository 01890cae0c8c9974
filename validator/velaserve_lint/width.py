# SPDX-License-Identifier: Apache-2.0
"""How many columns of a terminal a text takes."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

TAB = 4


def width(text: str) -> int:
    return sum(_width(character) for character in text)


def flat(line: str) -> str:
    """The line as it is printed: tabs as spaces, everything else that moves the cursor left out."""
    return "".join(_flat(character) for character in line)


def _flat(character: str) -> str:
    if character == "\t":
        return " " * TAB
    return character if character.isprintable() else ""


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
