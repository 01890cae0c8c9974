# SPDX-License-Identifier: Apache-2.0
"""raw_tensors: every datatype there and back, views where possible, lies refused."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.datatypes import DATATYPES, Array
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.raw_tensors import decode_raw, element_count, encode_raw

FIXED = [name for name, datatype in DATATYPES.items() if datatype.size_bytes]
BYTES = DATATYPES["BYTES"]


def prefixed(*elements: bytes) -> memoryview:
    return memoryview(b"".join(struct.pack("<I", len(item)) + item for item in elements))


def objects(*elements: bytes) -> Array:
    array = np.empty(len(elements), np.object_)
    array[:] = elements
    return array


@pytest.mark.parametrize("name", FIXED)
@pytest.mark.parametrize("shape", [(), (0,), (0, 2), (3,), (2, 3)], ids=str)
def test_fixed_size_round_trip(name: str, shape: tuple[int, ...]) -> None:
    kind = DATATYPES[name]
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(kind.dtype)
    raw = memoryview(bytes(encode_raw(kind, array)))
    back = decode_raw(kind, shape, raw, "x")
    assert back.dtype == kind.dtype
    np.testing.assert_array_equal(back, array)


@given(st.lists(st.binary(max_size=20), max_size=8))
def test_bytes_round_trip(elements: list[bytes]) -> None:
    raw = encode_raw(BYTES, objects(*elements))
    assert raw == prefixed(*elements)
    assert decode_raw(BYTES, (len(elements),), memoryview(raw), "x").tolist() == elements


def test_bytes_keep_their_shape() -> None:
    back = decode_raw(BYTES, (2, 1), prefixed(b"a", b"\xff\x00"), "x")
    assert back.tolist() == [[b"a"], [b"\xff\x00"]]


def test_an_aligned_tensor_is_a_view_of_the_buffer() -> None:
    buffer = np.arange(4, dtype=np.float32)
    back = decode_raw(DATATYPES["FP32"], (4,), buffer.view(np.uint8).data, "x")
    assert np.shares_memory(back, buffer)


def test_a_misaligned_tensor_is_copied() -> None:
    buffer = bytearray(17)
    back = decode_raw(DATATYPES["FP32"], (4,), memoryview(buffer)[1:], "x")
    assert back.flags.aligned
    assert not np.shares_memory(back, np.frombuffer(buffer, np.uint8))


@pytest.mark.parametrize("start", [0, 1], ids=["view", "copy"])
@pytest.mark.parametrize("name", ["FP32", "BYTES"])
def test_decoded_tensors_are_read_only(name: str, start: int) -> None:
    back = decode_raw(DATATYPES[name], (1,), memoryview(bytearray(5))[start : start + 4], "x")
    with pytest.raises(ValueError, match="read-only"):
        back[0] = 1


def test_a_contiguous_array_is_encoded_as_a_view() -> None:
    array = np.ones((2, 2), np.float32)
    assert np.shares_memory(np.frombuffer(encode_raw(DATATYPES["FP32"], array), np.uint8), array)


def test_a_strided_array_is_encoded_row_by_row() -> None:
    array = np.arange(6, dtype=np.int16).reshape(2, 3).T
    assert bytes(encode_raw(DATATYPES["INT16"], array)) == array.tobytes()


@pytest.mark.parametrize(
    ("name", "shape", "raw", "says"),
    [
        ("FP32", (2,), b"\0" * 7, "7 bytes of data, but 2 elements of FP32 take 8"),
        ("FP32", (2,), b"\0" * 9, "9 bytes of data"),
        ("FP32", (0,), b"\0", "1 bytes of data, but 0 elements"),
        ("FP32", (-1,), b"", "negative dimension"),
        ("FP32", (0, 1 << 62, 1 << 62), b"", "larger than any request"),
        ("FP32", (1,) * 33, b"\0" * 4, "more than 32 dimensions"),
        ("BOOL", (2,), b"\1\2", "a BOOL is the byte 0 or 1, found 2"),
        ("BYTES", (1 << 40,), b"\0" * 8, "cannot hold 1099511627776 BYTES elements"),
        ("BYTES", (1,), b"\5\0\0\0abc", "element 0 reaches beyond the 7 bytes"),
        ("BYTES", (2,), b"\2\0\0\0abcd", "element 1 reaches beyond"),
        ("BYTES", (2,), b"\3\0\0\0abcd", "element 1 reaches beyond"),
        ("BYTES", (1,), b"\1\0\0\0abc", "2 bytes of data follow"),
    ],
)
def test_lies_are_refused(name: str, shape: tuple[int, ...], raw: bytes, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says) as refusal:
        decode_raw(DATATYPES[name], shape, memoryview(raw), "pixels")
    assert "input 'pixels'" in str(refusal.value)


def test_a_scalar_is_one_element() -> None:
    assert element_count((), "x") == 1


SHAPES = st.lists(st.integers(-(1 << 63), 1 << 63) | st.integers(0, 3), max_size=40)


@given(st.sampled_from(list(DATATYPES)), SHAPES, st.binary(max_size=40))
def test_any_bytes_are_a_tensor_or_refused(name: str, shape: list[int], raw: bytes) -> None:
    try:
        back = decode_raw(DATATYPES[name], tuple(shape), memoryview(raw), "x")
    except InvalidRequest:
        return
    assert back.shape == tuple(shape)
