# SPDX-License-Identifier: Apache-2.0
"""Content-Encoding, in and out, in bounded pieces."""

from __future__ import annotations

import re
import zlib

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.transports.rest.body import body_too_large

_PIECE_BYTES = 65536
_WINDOW_BITS = {b"gzip": 31, b"x-gzip": 31, b"deflate": 15}
_REFUSED = re.compile(rb"\s*q=0(\.0*)?\s*")
SMALLEST_COMPRESSED_BYTES = 1024
"""Shorter answers are sent as they are, whatever the client accepts."""


def decompress(body: bytes | memoryview, encoding: bytes, limit_bytes: int) -> bytes:
    """The body a client compressed.

    Raises:
        InvalidRequest: an unknown encoding, or not what it says.
        TooLarge: it unpacks to more than `limit_bytes`.
    """
    window_bits = _WINDOW_BITS.get(encoding.strip().lower())
    if window_bits is None:
        raise InvalidRequest(
            f"Content-Encoding {encoding.decode(errors='replace')!r} is not supported; "
            "use gzip or deflate"
        )
    inflater = zlib.decompressobj(window_bits)
    pieces: list[bytes] = []
    size_bytes = 0
    left = bytes(body)
    try:
        while left and not inflater.eof:
            pieces.append(inflater.decompress(left, _PIECE_BYTES))
            size_bytes += len(pieces[-1])
            left = inflater.unconsumed_tail
            if size_bytes > limit_bytes:
                raise body_too_large(limit_bytes)
    except zlib.error as err:
        raise InvalidRequest(f"the body is not valid {encoding.decode()}: {err}") from err
    if not inflater.eof:
        raise InvalidRequest(f"the {encoding.decode()} body is cut off")
    return b"".join(pieces)


def accepted_encoding(accept: bytes) -> bytes | None:
    """gzip or deflate, if the client takes one of them; None = identity."""
    for entry in accept.lower().split(b","):
        name, _, quality = entry.strip().partition(b";")
        if name.strip() in (b"gzip", b"deflate") and not _REFUSED.fullmatch(quality):
            return name.strip()
    return None


def compress(pieces: list[bytes | memoryview], encoding: bytes) -> list[bytes | memoryview]:
    """The body compressed; zlib gives the GIL up while it works."""
    deflater = zlib.compressobj(1, wbits=_WINDOW_BITS[encoding])
    packed: list[bytes | memoryview] = [deflater.compress(piece) for piece in pieces]
    return [*packed, deflater.flush()]
