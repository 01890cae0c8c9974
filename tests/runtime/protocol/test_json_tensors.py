# SPDX-License-Identifier: Apache-2.0
"""JSON values to arrays and back: every hard value of the module's table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.bfloat16 import from_bfloat16
from velaserve_runtime.protocol.datatypes import DATATYPES, FLOATS, Array
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.json_pieces import Pieces
from velaserve_runtime.protocol.json_tensors import decode_json, refuse_infinity, to_json
from velaserve_runtime.protocol.tensors import Shape, Tensor

if TYPE_CHECKING:
    from velaserve_runtime.protocol.metadata import JSON


def decode(values: list[JSON], datatype: str, *shape: int) -> Array:
    return decode_json(values, DATATYPES[datatype], shape, "x")


def encode_json(tensor: Tensor) -> bytes:
    text = orjson.dumps(to_json(tensor), option=orjson.OPT_SERIALIZE_NUMPY)
    if b"null" in text:
        refuse_infinity([tensor])
    return text


def round_trip(array: Array, datatype: str) -> Array:
    values = orjson.loads(encode_json(Tensor("x", datatype, array)))
    return decode_json(values, DATATYPES[datatype], array.shape, "x")


@pytest.mark.parametrize("name", [name for name in DATATYPES if name not in ("BYTES", "BOOL")])
def test_extremes_survive_the_round_trip(name: str) -> None:
    datatype = DATATYPES[name]
    if name == "BF16":
        array = np.array([0, 0x3F80, 0x7F7F, 0xFF7F], np.uint16)
    elif name in FLOATS:
        info = np.finfo(datatype.dtype)
        array = np.array([0, 1, info.max, info.min, info.tiny], datatype.dtype)
    else:
        array = np.array([0, 1, datatype.lowest, datatype.highest], datatype.dtype)
    np.testing.assert_array_equal(round_trip(array, name), array)


def test_bool_and_bytes() -> None:
    np.testing.assert_array_equal(decode([True, False], "BOOL", 2), [True, False])
    assert list(decode(["", "嗨"], "BYTES", 2)) == [b"", "嗨".encode()]
    assert encode_json(Tensor("x", "BYTES", decode(["", "嗨"], "BYTES", 2))) == '["","嗨"]'.encode()


def test_nan_is_null_both_ways() -> None:
    array = decode([1.5, None], "FP32", 2)
    assert array[0] == 1.5
    assert math.isnan(array[1])
    assert encode_json(Tensor("x", "FP32", array)) == b"[1.5,null]"
    assert np.isnan(from_bfloat16(decode([None], "BF16", 1))).all()


@pytest.mark.parametrize(
    ("values", "datatype", "shape", "text"),
    [
        ([1, 2, 3], "FP32", (1, 4), "has 3 elements, its shape [1, 4] needs 4"),
        (["1"], "FP32", (1,), "element 0: FP32 needs float or int, found str '1'"),
        ([True], "INT32", (1,), "needs int, found bool"),
        ([1], "BOOL", (1,), "needs bool, found int"),
        ([1.0], "INT64", (1,), "needs int, found float"),
        ([None], "INT8", (1,), "needs int, found NoneType"),
        ([1], "BYTES", (1,), "needs str, found int"),
        ([1, 256], "UINT8", (2,), "element 1: 256 is outside UINT8 (0 to 255)"),
        ([-1], "UINT64", (1,), "element 0: -1 is outside UINT64"),
        ([2**63], "INT64", (1,), "is outside INT64"),
        ([1e39], "FP32", (1,), "is outside FP32"),
        ([65520], "FP16", (1,), "is outside FP16"),
        ([[1, 2], [3]], "FP32", (2, 2), "nested, but not like its shape [2, 2]"),
        ([[1, 2], 3], "FP32", (2, 2), "nested, but not like its shape"),
        ([[1], [2]], "FP32", (1, 2), "nested, but not like its shape"),
        ([[[1]]], "FP32", (1, 1), "nested, but not like its shape"),
        ([{}], "FP32", (1,), "nested, but not like its shape"),
    ],
)
def test_refuses(values: list[JSON], datatype: str, shape: Shape, text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode(values, datatype, *shape)
    assert text in str(refused.value)


@pytest.mark.parametrize("shape", [(0,), (0, 2), (2, 0)])
def test_empty_tensors(shape: Shape) -> None:
    assert decode([], "FP32", *shape).shape == shape


def test_a_scalar_and_nested_rows() -> None:
    assert decode([3], "INT32").shape == ()
    np.testing.assert_array_equal(decode([[1, 2], [3, 4]], "INT32", 2, 2), [[1, 2], [3, 4]])


def test_what_json_cannot_carry_is_refused_with_the_way_out() -> None:
    for datatype, array in (
        ("FP32", np.array([1, np.inf], np.float32)),
        ("BYTES", np.array([b"\xff"], np.object_)),
    ):
        with pytest.raises(InvalidRequest, match="ask for it with the output parameter"):
            encode_json(Tensor("y", datatype, array))


def test_pieces_count_as_one_list() -> None:
    pieces = Pieces([[1, 2], [3, 4]])
    np.testing.assert_array_equal(decode(pieces, "FP32", 2, 2), [[1, 2], [3, 4]])  # type: ignore[arg-type]


def test_long_arrays_are_written_whole() -> None:
    array = np.arange(30_001, dtype=np.int32)
    assert orjson.loads(encode_json(Tensor("y", "INT32", array))) == array.tolist()


@given(st.lists(st.floats(width=32, allow_infinity=False), max_size=20))
def test_any_fp32_survives(values: list[float]) -> None:
    array = np.array(values, np.float32)
    np.testing.assert_array_equal(round_trip(array, "FP32"), array)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=12,
)


@given(
    st.lists(json_values, max_size=6),
    st.sampled_from(sorted(DATATYPES)),
    st.lists(st.integers(0, 3), max_size=3),
)
def test_anything_is_an_array_of_the_shape_or_refused(
    values: list[JSON], datatype: str, shape: list[int]
) -> None:
    try:
        array = decode(values, datatype, *shape)
    except InvalidRequest:
        return
    assert array.shape == tuple(shape)
    assert array.dtype == DATATYPES[datatype].dtype


@pytest.mark.parametrize(
    ("last", "text"), [(256, "256 is outside UINT8"), (0.5, "UINT8 needs int, found float '0.5'")]
)
def test_a_wrong_element_of_a_later_piece_is_named_by_its_place(last: float, text: str) -> None:
    pieces = Pieces([[0, 1, 2], [3, last]])
    with pytest.raises(InvalidRequest, match=f"input 'x', element 4: {text}"):
        decode_json(pieces, DATATYPES["UINT8"], (5,), "x")  # type: ignore[arg-type]  # as decoded
