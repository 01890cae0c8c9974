# SPDX-License-Identifier: Apache-2.0
"""Packed varints, many at once, beside the writer of one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.response import varint
from velaserve_runtime.protocol.grpc_codec.varints import PIECE_BYTES, varint_pieces


def decoded(data: bytes) -> list[int]:
    return [value for piece in varint_pieces(memoryview(data), "x") for value in piece.tolist()]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=50))
def test_they_are_what_was_written(values: list[int]) -> None:
    assert decoded(b"".join(map(varint, values))) == values


def test_one_may_cross_the_border_of_two_pieces() -> None:
    values = np.arange(2**14, 2**14 + PIECE_BYTES // 3 + 100).tolist()
    data = b"".join(map(varint, values))
    assert PIECE_BYTES % 3
    assert len(data) > PIECE_BYTES
    assert decoded(data) == values


@pytest.mark.parametrize("data", [b"\x80", b"\x01\x80", b"\x80" * 10 + b"\x01", b"\x80" * 300_000])
def test_broken_ones_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidRequest, match="input 'x': its contents end within a varint"):
        decoded(data)
