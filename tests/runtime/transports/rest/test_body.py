# SPDX-License-Identifier: Apache-2.0
"""Bodies: in place and aligned when large, by pieces when chunked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.errors import TooLarge
from velaserve_runtime.transports.rest.body import PieceBody, PlacedBody


@given(st.integers(1, 3000), st.integers(0, 2999), st.lists(st.integers(1, 700)))
def test_a_placed_body_is_whole_and_its_first_tensor_aligned(
    size: int, aligned_at: int, pieces: list[int]
) -> None:
    content = bytes(at % 251 for at in range(size))
    body = PlacedBody(size, aligned_at)
    sent = 0
    for at, piece in enumerate(pieces):
        part = content[sent : sent + piece]
        if at % 2:
            body.add(part)
        else:
            body.missing[: len(part)] = part
            body.advance(len(part))
        sent += len(part)
    body.add(content[sent:])
    assert body.complete
    view = body.finish()
    assert view == content
    assert view.readonly
    address = np.frombuffer(view, np.uint8).ctypes.data
    assert (address + aligned_at) % 64 == 0


def test_a_chunked_body_has_a_limit() -> None:
    body = PieceBody(10)
    body.add(b"12345")
    body.add(b"67890")
    assert body.finish() == b"1234567890"
    with pytest.raises(TooLarge, match="over the limit of 10 bytes"):
        body.add(b"1")
