# SPDX-License-Identifier: Apache-2.0
"""Content-Encoding: what is unpacked, what is refused, what an answer is packed in."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.errors import InvalidRequest, TooLarge
from velaserve_runtime.transports.rest.content import accepted_encoding, compress, decompress

LIMIT_BYTES = 1 << 20


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        (b"gzip", gzip.compress(b"abc", mtime=0)),
        (b"x-gzip", gzip.compress(b"abc", mtime=0)),
        (b" GZip ", gzip.compress(b"abc", mtime=0)),
        (b"deflate", zlib.compress(b"abc")),
    ],
)
def test_the_encodings_that_are_unpacked(encoding: bytes, packed: bytes) -> None:
    assert decompress(memoryview(packed), encoding, LIMIT_BYTES) == b"abc"


@given(st.binary(max_size=200_000), st.sampled_from([b"gzip", b"deflate"]))
def test_what_is_packed_is_unpacked(body: bytes, encoding: bytes) -> None:
    half = len(body) // 2
    packed = b"".join(compress([body[:half], memoryview(body)[half:]], encoding))
    assert decompress(packed, encoding, LIMIT_BYTES) == body


@pytest.mark.parametrize(("size_bytes", "fits"), [(LIMIT_BYTES, True), (LIMIT_BYTES + 1, False)])
def test_the_limit_holds_for_the_unpacked_size(size_bytes: int, fits: bool) -> None:
    packed = gzip.compress(bytes(size_bytes))
    if fits:
        assert len(decompress(packed, b"gzip", LIMIT_BYTES)) == size_bytes
    else:
        with pytest.raises(TooLarge, match=r"limit of 1048576 bytes \(--max-body-bytes\)"):
            decompress(packed, b"gzip", LIMIT_BYTES)


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        (b"br", b"", "Content-Encoding 'br' is not supported; use gzip or deflate"),
        (b"gzip, deflate", b"", "is not supported"),
        (b"\xff", b"", "is not supported"),
        (b"gzip", zlib.compress(b"abc"), "not valid gzip"),
        (b"deflate", gzip.compress(b"abc", mtime=0), "not valid deflate"),
        (b"deflate", b"", "the deflate body is cut off"),
        (b"gzip", gzip.compress(b"abc", mtime=0)[:-1], "the gzip body is cut off"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(encoding: bytes, body: bytes, text: str) -> None:
    with pytest.raises(InvalidRequest, match=text):
        decompress(body, encoding, LIMIT_BYTES)


@given(st.binary(max_size=1000))
def test_bytes_without_its_magic_are_no_gzip(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match="gzip"):
        decompress(b"\0" + body, b"gzip", LIMIT_BYTES)


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        (b"", None),
        (b"identity", None),
        (b"br", None),
        (b"gzip", b"gzip"),
        (b"GZIP", b"gzip"),
        (b"gzip, deflate", b"gzip"),
        (b"br, deflate;q=0.5", b"deflate"),
        (b"gzip;q=0, deflate", b"deflate"),
        (b"gzip; q=0.000", None),
        (b"gzip;q=0.001", b"gzip"),
    ],
)
def test_the_answers_encoding(accept: bytes, encoding: bytes | None) -> None:
    assert accepted_encoding(accept) == encoding
