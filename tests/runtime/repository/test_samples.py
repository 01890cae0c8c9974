# SPDX-License-Identifier: Apache-2.0
"""Made-up inputs: right shape and type, safe values, rows that differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.model_config import SampleTensor
from velaserve_runtime.repository.samples import (
    make_sample,
    ones_for_free,
    refuse_misfit,
    row_bytes,
    unknown_shape,
)

X = TensorSpec("x", "FP32", (-1, 3))
FREE = TensorSpec("ids", "INT64", (-1, -1))


@given(
    st.sampled_from(list(DATATYPES)),
    st.lists(st.integers(0, 4), max_size=3),
    st.integers(1, 5),
)
def test_a_sample_is_what_the_model_declares(datatype: str, dims: list[int], rows: int) -> None:
    spec = TensorSpec("x", datatype, (-1, *dims))

    array = make_sample([spec], {}, rows)["x"]

    assert (array.dtype, array.shape) == (DATATYPES[datatype].dtype, (rows, *dims))
    if array.dtype == np.object_:
        assert all(type(element) is bytes for element in array.ravel())


@pytest.mark.parametrize("datatype", DATATYPES)
@pytest.mark.parametrize("dims", [(), (1,), (4,)])
def test_neighbouring_rows_differ(datatype: str, dims: tuple[int, ...]) -> None:
    first, second, third = make_sample([TensorSpec("x", datatype, (-1, *dims))], {}, 3)[
        "x"
    ].tolist()

    assert first != second != third


@pytest.mark.parametrize("datatype", [name for name in DATATYPES if name != "BYTES"])
def test_numbers_are_small_enough_to_index_any_table(datatype: str) -> None:
    array = make_sample([TensorSpec("x", datatype, (-1, 50))], {}, 3)["x"]

    largest = 0x3F80 if datatype == "BF16" else 1
    assert 0 <= array.min() <= array.max() <= largest


def test_free_dimensions_become_1_unless_a_sample_says_more() -> None:
    both = TensorSpec("mask", "INT64", (-1, -1, 2))
    sample = ones_for_free([X, FREE, both], {"ids": SampleTensor((1, 7))})

    shapes = {name: array.shape for name, array in make_sample([X, FREE, both], sample, 4).items()}
    assert shapes == {"x": (4, 3), "ids": (4, 7), "mask": (4, 1, 2)}


def test_the_same_sample_each_time() -> None:
    first, second = (make_sample([X, FREE], {"ids": SampleTensor((1, 2))}, 3) for _ in range(2))

    assert {name: array.tolist() for name, array in first.items()} == {
        name: array.tolist() for name, array in second.items()
    }


@pytest.mark.parametrize(("rows", "shape"), [(None, (2, 5)), (1, (1, 5)), (3, (3, 5))])
def test_a_given_shape_fills_the_free_dimensions(rows: int | None, shape: tuple[int, ...]) -> None:
    sample = {"ids": SampleTensor((2, 5), "zero")}

    array = make_sample([FREE], sample, rows)["ids"]

    assert array.shape == shape
    assert not array.any()


def test_a_fixed_first_dimension_is_kept() -> None:
    assert make_sample([TensorSpec("x", "FP32", (2, 3))], {}, 5)["x"].shape == (2, 3)
    assert make_sample([TensorSpec("x", "FP32", ())], {}, 5)["x"].shape == ()
    assert make_sample([X], {}, None)["x"].shape == (1, 3)


def test_zero_bytes_are_empty() -> None:
    spec = TensorSpec("x", "BYTES", (-1,))

    assert make_sample([spec], {"x": SampleTensor((1,), "zero")}, 2)["x"].tolist() == [b"", b""]


def test_shapes_that_cannot_be_made_up_are_found() -> None:
    assert unknown_shape([X, FREE], {}) == FREE
    assert unknown_shape([X, FREE], {"ids": SampleTensor((1, 2))}) is None


@pytest.mark.parametrize(
    ("name", "shape", "reason"),
    [
        ("id", (1, 2), "names the input 'id', the model has x, ids"),
        ("ids", (1,), r"gives 'ids' the shape \[1\], the model expects \[-1, -1\]"),
        ("x", (1, 4), r"gives 'x' the shape \[1, 4\], the model expects \[-1, 3\]"),
    ],
)
def test_a_sample_of_another_model_is_refused(
    name: str, shape: tuple[int, ...], reason: str
) -> None:
    with pytest.raises(ConfigError, match=reason):
        refuse_misfit([X, FREE], {name: SampleTensor(shape)})


def test_the_size_of_a_row_is_known_before_it_is_made() -> None:
    assert row_bytes([X, FREE], {"ids": SampleTensor((7, 100))}) == 3 * 4 + 100 * 8
