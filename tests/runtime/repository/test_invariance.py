# SPDX-License-Identifier: Apache-2.0
"""Which differences between a row alone and in a batch are rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.invariance import difference

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array

VALUES: dict[str, Array] = {
    "FP16": np.array([[1.0], [100.0]], np.float16),
    "FP32": np.array([[1.0], [100.0]], np.float32),
    "FP64": np.array([[1.0], [100.0]]),
    "INT8": np.array([[1], [100]], np.int8),
    "BYTES": np.array([[b"a"], [b"b"]], np.object_),
}


def compare(datatype: str, together: Array, alone: list[Array]) -> str | None:
    return difference(
        [TensorSpec("y", datatype, (-1, 1))],
        {"y": together},
        [{"y": row} for row in alone],
    )


@pytest.mark.parametrize("datatype", VALUES)
def test_equal_rows_may_share_a_batch(datatype: str) -> None:
    array = VALUES[datatype]

    assert compare(datatype, array, [array[:1], array[1:]]) is None


@pytest.mark.parametrize(
    ("datatype", "rounding", "leak"),
    [("FP16", 1e-3, 5e-2), ("FP32", 1e-5, 4e-3), ("FP64", 1e-9, 1e-4)],
)
def test_rounding_is_forgiven_and_more_is_not(datatype: str, rounding: float, leak: float) -> None:
    array = VALUES[datatype]
    for error, reason in (
        (rounding, None),
        (leak, "output 'y' of a row depends on the other rows of its batch"),
    ):
        together = (array * (1 + error)).astype(array.dtype)

        assert compare(datatype, together, [array[:1], array[1:]]) == reason


def test_bfloat16_is_compared_as_numbers_not_as_bits() -> None:
    one, next_to_one, two = (np.array([[bits]], np.uint16) for bits in (0x3F80, 0x3F81, 0x4000))

    assert compare("BF16", next_to_one, [one]) is None
    assert compare("BF16", two, [one]) is not None


@pytest.mark.parametrize("special", [np.nan, np.inf, -np.inf])
def test_special_values_are_equal_to_themselves_only(special: float) -> None:
    row = np.array([[special]], np.float32)

    assert compare("FP32", row, [row]) is None
    assert compare("FP32", np.array([[1]], np.float32), [row]) is not None


@pytest.mark.parametrize(("datatype", "other"), [("INT8", 2), ("BYTES", b"c")])
def test_other_types_have_no_rounding(datatype: str, other: object) -> None:
    array = VALUES[datatype]
    together = array.copy()
    together[0, 0] = other

    assert compare(datatype, together, [array[:1], array[1:]]) is not None


@pytest.mark.parametrize(
    "together",
    [np.zeros((1, 1), np.float32), np.zeros((3, 1), np.float32), np.array(0, np.float32)],
)
def test_a_lost_row_is_no_batch(together: Array) -> None:
    row = np.zeros((1, 1), np.float32)

    reason = compare("FP32", together, [row, row])

    assert reason is not None
    assert "for a batch of 2 rows" in reason


def test_a_shape_that_depends_on_the_batch_is_no_batch() -> None:
    row = np.zeros((1, 2), np.float32)

    assert compare("FP32", np.zeros((2, 3), np.float32), [row, row]) is not None


def test_empty_answers_are_equal() -> None:
    row = np.zeros((1, 0), np.float32)

    assert compare("FP32", np.zeros((2, 0), np.float32), [row, row]) is None
