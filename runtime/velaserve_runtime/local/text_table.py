# SPDX-License-Identifier: Apache-2.0
"""Columns that line up, also where a character is two cells wide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "


def text_table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    lines = (GAP.join(_padded(row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def display_width(text: str) -> int:
    """Cells on a terminal."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)
    ]
