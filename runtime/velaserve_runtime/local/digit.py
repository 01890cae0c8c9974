# SPDX-License-Identifier: Apache-2.0
"""A real handwritten digit: read from samples.json, drawn in characters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

# From light to dark; two characters make a pixel, which is then about square.
BLOCKS = " ░▒▓█"
LETTERS = " .:+#"
BRIGHTEST = 16


class Digit(NamedTuple):
    """An image and what a person read in it."""

    label: int
    pixels: list[list[int]]
    """int[8, 8], 0 to 16"""


def read_digits(path: Path) -> list[Digit]:
    samples = json.loads(path.read_text("utf-8"))["samples"]
    return [Digit(sample["label"], sample["image"]) for sample in samples]


def draw(digit: Digit, encoding: str) -> str:
    shades = shades_in(encoding)
    lines = ("".join(shade(pixel, shades) * 2 for pixel in row) for row in digit.pixels)
    return "\n".join(line.rstrip() for line in lines)


def shades_in(encoding: str) -> str:
    """Block characters where the terminal's encoding has them."""
    try:
        BLOCKS.encode(encoding)
    except UnicodeEncodeError:
        return LETTERS
    return BLOCKS


def shade(pixel: int, shades: str) -> str:
    """The paper stays blank, the least ink is seen."""
    return shades[-(-pixel * (len(shades) - 1) // BRIGHTEST)]
