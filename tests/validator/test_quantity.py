# SPDX-License-Identifier: Apache-2.0
"""Quantities as k8s.io/apimachinery reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.quantity import NANO, mended, nanos, suffix_of

if TYPE_CHECKING:
    from velaserve_lint.document import Json


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("1", 1),
        (2, 2),
        ("2Ki", 2048),
        ("1.5Gi", 3 * 2**29),
        ("1e3", 1000),
        ("1E3", 1000),
        ("1E", 10**18),
        ("+1k", 1000),
        ("-1M", -(10**6)),
        ("5.", 5),
        ("16Gi", 2**34),
        ("2000m", 2),
    ],
)
def test_whole_amounts(value: Json, amount: int) -> None:
    assert nanos(value) == amount * NANO


@pytest.mark.parametrize(
    ("value", "amount"),
    [("500m", NANO // 2), (0.5, NANO // 2), (".5", NANO // 2), ("12e-3", 12 * 10**6), ("0.1n", 1)],
)
def test_parts_are_rounded_up_to_a_billionth(value: Json, amount: int) -> None:
    assert nanos(value) == amount


@pytest.mark.parametrize(
    "value",
    ["", ".", "-", "m", "1K", "1 Gi", "1GB", "1Gib", "1e", "0x1", "1.2.3", "٣", "1" * 65, "1 "],
)
def test_texts_that_are_no_quantity(value: str) -> None:
    assert nanos(value) is None


@pytest.mark.parametrize("value", [None, True, [], {}, float("nan")])
def test_values_that_are_no_quantity(value: Json) -> None:
    assert nanos(value) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("512MB", "512M"), ("2 GiB", "2Gi"), ("4g", "4G"), ("1KB", "1k"), ("1kib", "1Ki")],
)
def test_what_was_meant(text: str, meant: str) -> None:
    assert mended(text) == meant
    assert nanos(meant) is not None


@pytest.mark.parametrize("text", ["two", "1.2.3G", "5 apples", ""])
def test_what_was_meant_is_not_guessed(text: str) -> None:
    assert mended(text) is None


@pytest.mark.parametrize(
    ("value", "suffix"),
    [
        ("8Gi", "Gi"),
        ("500m", "m"),
        ("1E", "E"),
        ("1e3", ""),
        ("8", ""),
        (8, ""),
        ("m", ""),
        ({}, ""),
    ],
)
def test_suffixes(value: Json, suffix: str) -> None:
    assert suffix_of(value) == suffix


@pytest.mark.parametrize("value", ["m", "5 Gi", "", None, {}])
def test_no_suffix_of_what_is_no_quantity(value: Json) -> None:
    assert suffix_of(value) == ""
