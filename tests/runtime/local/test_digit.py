# SPDX-License-Identifier: Apache-2.0
"""Digits on a terminal."""

from ci.tools.tree import ROOT
from velaserve_runtime.local.digit import Digit, draw, read_digits, shade

SAMPLES = ROOT / "applications" / "models" / "digits" / "samples.json"
RAMP = Digit(1, [[0, 1, 4, 5, 8, 12, 13, 16], *[[0] * 8 for _ in range(7)]])


def test_two_real_images_of_each_digit() -> None:
    digits = read_digits(SAMPLES)
    assert [digit.label for digit in digits] == [label for label in range(10) for _ in range(2)]
    assert {len(row) for digit in digits for row in digit.pixels} == {8}


def test_more_ink_is_darker() -> None:
    assert draw(RAMP, "utf-8").splitlines()[0] == "  ░░░░▒▒▒▒▓▓████"


def test_an_encoding_without_blocks() -> None:
    assert draw(RAMP, "ascii").splitlines()[0] == "  ....::::++####"


def test_the_least_ink_is_seen() -> None:
    assert [shade(pixel, " .#") for pixel in (0, 1, 8, 9, 16)] == [" ", ".", ".", "#", "#"]
