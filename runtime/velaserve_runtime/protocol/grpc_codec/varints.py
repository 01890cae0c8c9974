# SPDX-License-Identifier: Apache-2.0
"""Packed varints of typed contents, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PIECE_BYTES = 1 << 18
"""Decoded at one time: an intermediate array takes 8 bytes for each of them."""
MAX_VARINT_BYTES = 10


def varint_pieces(data: memoryview, tensor: str) -> Iterator[NDArray[np.uint64]]:
    """Yields the 64-bit values, not yet read as signed, in pieces of bounded size.

    Raises:
        InvalidRequest: a varint is cut off, or longer than 10 bytes.
    """
    at = 0
    while at < len(data):
        piece = np.frombuffer(data[at : at + PIECE_BYTES], np.uint8)
        ends = np.flatnonzero(piece < 0x80)
        if not ends.size:
            raise _broken(tensor)
        whole = int(ends[-1]) + 1
        yield _values(piece[:whole], ends, tensor)
        at += whole


def _values(piece: NDArray[np.uint8], ends: NDArray[np.intp], tensor: str) -> NDArray[np.uint64]:
    if ends.size == piece.size:
        return piece.astype(np.uint64)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    if lengths.max() > MAX_VARINT_BYTES:
        raise _broken(tensor)
    shifts = 7 * (np.arange(piece.size) - np.repeat(starts, lengths))
    terms = (piece & 0x7F).astype(np.uint64) << shifts.astype(np.uint64)
    return np.bitwise_or.reduceat(terms, starts)


def _broken(tensor: str) -> InvalidRequest:
    return InvalidRequest(f"input '{tensor}': its contents end within a varint")
