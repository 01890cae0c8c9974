# SPDX-License-Identifier: Apache-2.0
"""BYTES as bytes and as text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.backends.byte_strings import to_bytes, to_text
from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_text_survives(texts: list[str]) -> None:
    array = np.empty((len(texts), 1), np.object_)
    array[:, 0] = [text.encode() for text in texts]

    decoded = to_text("x", array)

    assert decoded[:, 0].tolist() == texts
    assert to_bytes(decoded).tolist() == array.tolist()


def test_what_is_not_utf8_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match="input 'x': an element is not UTF-8"):
        to_text("x", np.array([b"\x80"], np.object_))


@pytest.mark.parametrize("array", [np.array(["a", "b"]), np.array([b"a", b"b"]), ["a", b"b"]])
def test_numpys_own_string_arrays_are_taken(array: object) -> None:
    encoded = to_bytes(np.asarray(array, np.object_))

    assert encoded.tolist() == [b"a", b"b"]
    assert all(type(element) is bytes for element in encoded)


def test_scalars_keep_their_shape() -> None:
    assert to_bytes(np.array("a")).shape == ()
    assert to_text("x", np.array(b"a", np.object_)).shape == ()


def test_numbers_are_no_bytes() -> None:
    with pytest.raises(ModelFailed, match="a BYTES output holds int elements"):
        to_bytes(np.array([1, 2], np.object_))
