# SPDX-License-Identifier: Apache-2.0
"""Segments: what is packed comes out, aligned and in both mappings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.backends.shared_memory import Segment, new_descriptor, packed_bytes
from velaserve_runtime.protocol.datatypes import DATATYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array


@pytest.fixture
def both() -> Iterator[tuple[Segment, Segment]]:
    """One memory, mapped twice as two processes do."""
    descriptor, size_bytes = new_descriptor(1 << 20)
    yield Segment(descriptor, size_bytes), Segment(descriptor, size_bytes)
    os.close(descriptor)


def arrays_of(datatypes: list[str], rows: int) -> Arrays:
    return {name: _array(name, rows) for name in datatypes}


def _array(datatype: str, rows: int) -> Array:
    numbers = np.arange(rows * 3).reshape(rows, 3) % 2
    if datatype == "BYTES":
        return np.array([[b"a", b"\x00"]] * rows, np.object_).reshape(rows, 2)
    return numbers.astype(DATATYPES[datatype].dtype)


@given(st.lists(st.sampled_from(list(DATATYPES)), unique=True), st.integers(0, 50))
def test_arrays_come_out_as_they_went_in(datatypes: list[str], rows: int) -> None:
    arrays = arrays_of(datatypes, rows)
    descriptor, size_bytes = new_descriptor(packed_bytes(arrays))
    writer, reader = Segment(descriptor, size_bytes), Segment(descriptor, size_bytes)
    os.close(descriptor)

    slots = writer.pack(arrays)

    for got in (reader.views(slots), reader.copies(slots)):
        assert list(got) == datatypes
        for name, array in arrays.items():
            assert (got[name].dtype, got[name].shape) == (array.dtype, array.shape)
            assert got[name].tolist() == array.tolist()


def test_views_change_with_the_memory_and_copies_do_not(both: tuple[Segment, Segment]) -> None:
    writer, reader = both
    slots = writer.pack({"x": np.array([1.0])})
    view, copy = reader.views(slots)["x"], reader.copies(slots)["x"]

    writer.pack({"x": np.array([2.0])})

    assert (view.tolist(), copy.tolist()) == ([2.0], [1.0])


def test_arrays_are_aligned(both: tuple[Segment, Segment]) -> None:
    writer, _ = both
    slots = writer.pack({"a": np.zeros(3, np.int8), "b": np.zeros(5), "c": np.zeros(1, np.int8)})

    assert [slot.offset % 64 for slot in slots] == [0, 0, 0]


def test_a_view_outlives_its_segment() -> None:
    descriptor, size_bytes = new_descriptor(64)
    segment = Segment(descriptor, size_bytes)
    os.close(descriptor)
    view = segment.views(segment.pack({"x": np.array([1, 2, 3])}))["x"]
    del segment

    assert view.tolist() == [1, 2, 3]


@pytest.mark.parametrize("size_bytes", [0, 1, 65536, 65537, 10**6])
def test_sizes_are_rounded_up_to_powers_of_two(size_bytes: int) -> None:
    descriptor, rounded = new_descriptor(size_bytes)
    try:
        assert os.fstat(descriptor).st_size == rounded >= max(size_bytes, 65536)
        assert rounded & (rounded - 1) == 0
    finally:
        os.close(descriptor)
