# SPDX-License-Identifier: Apache-2.0
"""Receiving one request body: by pieces when small or chunked, in place when large."""

from __future__ import annotations

import numpy as np

from velaserve_runtime.protocol.errors import TooLarge

_ALIGN_BYTES = 64
IN_PLACE_FROM_BYTES = 32768
"""Bodies of this size and more go from the socket straight into one array."""


class PieceBody:
    """A body whose size is small or not announced."""

    __slots__ = ("_limit_bytes", "_pieces", "size_bytes")

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._pieces: list[bytes] = []
        self.size_bytes = 0

    def add(self, piece: bytes) -> None:
        """Takes the next bytes.

        Raises:
            TooLarge: they are over the limit.
        """
        self.size_bytes += len(piece)
        if self.size_bytes > self._limit_bytes:
            raise body_too_large(self._limit_bytes)
        self._pieces.append(piece)

    def finish(self) -> bytes:
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)


class PlacedBody:
    """A body of known size in one uninitialised array.

    It is placed so that byte `aligned_at` (where the first binary tensor starts) lies on a
    64-byte boundary: the tensor is then a view, never a copy (runtime.md item 9).
    """

    __slots__ = ("_array", "_filled", "_view")

    def __init__(self, size_bytes: int, aligned_at: int) -> None:
        self._array = np.empty(size_bytes + _ALIGN_BYTES, np.uint8)
        start = -(self._array.ctypes.data + aligned_at) % _ALIGN_BYTES
        self._view = self._array.data[start : start + size_bytes]
        self._filled = 0

    @property
    def missing(self) -> memoryview:
        """Where the next bytes go; empty when the body is complete."""
        return self._view[self._filled :]

    @property
    def complete(self) -> bool:
        return self._filled == len(self._view)

    def advance(self, size_bytes: int) -> None:
        self._filled += size_bytes

    def add(self, piece: bytes) -> None:
        self._view[self._filled : self._filled + len(piece)] = piece
        self._filled += len(piece)

    def finish(self) -> memoryview:
        return self._view.toreadonly()


def body_too_large(limit_bytes: int) -> TooLarge:
    return TooLarge(f"the body is over the limit of {limit_bytes} bytes (--max-body-bytes)")
