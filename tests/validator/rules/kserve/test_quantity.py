# SPDX-License-Identifier: Apache-2.0
"""How much a quantity is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from velaserve_lint.rules.kserve.quantity import quantity


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (3, "3"),
        ("1Gi", "1073741824"),
        ("1.5Ki", "1536"),
        ("500m", "0.5"),
        ("1e3", "1000"),
        ("2E", "2000000000000000000"),
        (".5", "0.5"),
        ("-1k", "-1000"),
    ],
)
def test_amounts(value: str | int, amount: str) -> None:
    assert quantity(value) == Decimal(amount)


@pytest.mark.parametrize(
    "value", ["", "1 Gi", "1GI", "Gi", "one", None, True, 1.5, "9" * 100, [], "١"]
)
def test_what_is_none(value: object) -> None:
    assert quantity(value) is None  # type: ignore[arg-type]  # whatever a file holds
