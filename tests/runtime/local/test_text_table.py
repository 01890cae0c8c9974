# SPDX-License-Identifier: Apache-2.0
"""Columns line up."""

import pytest

from velaserve_runtime.local.text_table import display_width, text_table


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert text_table([("A", "LONG"), ("longer", "x")]) == "A       LONG\nlonger  x"


def test_wide_characters_take_two_cells() -> None:
    assert text_table([("组件", "格式"), ("digits", "onnx")]) == "组件    格式\ndigits  onnx"


@pytest.mark.parametrize(("text", "cells"), [("", 0), ("abc", 3), ("模型", 4), ("e\u0301", 1)])
def test_display_width(text: str, cells: int) -> None:
    assert display_width(text) == cells
