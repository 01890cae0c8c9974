# SPDX-License-Identifier: Apache-2.0
"""Numbers of devices as the API server reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from velaserve_lint.npu.amount import amount, suffix_of

if TYPE_CHECKING:
    from velaserve_lint.document import Json


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (2, "2"),
        ("2", "2"),
        (0.5, "0.5"),
        ("500m", "0.5"),
        ("2000m", "2"),
        ("1k", "1000"),
        ("1Ki", "1024"),
        ("16Gi", "17179869184"),
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("1E", "1000000000000000000"),
        ("-1", "-1"),
        (".5", "0.5"),
    ],
)
def test_quantities(value: Json, number: str) -> None:
    assert amount(value) == Decimal(number)


@pytest.mark.parametrize("value", ["", "two", "1 ", "1KiB", "0x2", "9" * 65, True, None, [], {}])
def test_anything_else_is_none(value: Json) -> None:
    assert amount(value) is None
    assert suffix_of(value) == ""


@pytest.mark.parametrize(("value", "suffix"), [("8Gi", "Gi"), ("500m", "m"), ("1e3", ""), (8, "")])
def test_suffixes(value: Json, suffix: str) -> None:
    assert suffix_of(value) == suffix
