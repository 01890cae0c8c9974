# SPDX-License-Identifier: Apache-2.0
"""HTTP requests and responses as plain data, and the bytes of a response."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

from velaserve_runtime.protocol.errors import MethodNotAllowed
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.protocol.metadata import JSON

Buffer = bytes | memoryview

JSON_TYPE = b"application/json"
TEXT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format."""
BINARY_TYPE = b"application/octet-stream"

_STATUS_LINES = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus
}
_JOIN_BELOW_BYTES = 65536
"""Smaller answers are joined and written at once; larger pieces are handed on uncopied."""


class HttpRequest:
    """One request: its head, and its body when complete."""

    __slots__ = ("body", "headers", "id", "keep_alive", "method", "received_ns", "target")

    def __init__(
        self, method: bytes = b"", target: bytes = b"", headers: dict[bytes, bytes] | None = None
    ) -> None:
        self.method = method
        self.target = target
        self.headers = {} if headers is None else headers
        """Only those this server reads, by lower-case name."""
        self.body: Buffer = b""
        self.keep_alive = True
        self.received_ns = 0
        self.id = ""
        """The V2 id, once an inference body has been decoded; for the access log."""


@dataclass(slots=True)
class Response:
    """What a handler answers; `pieces` together are the body."""

    status: int = 200
    pieces: Sequence[Buffer] = ()
    content_type: bytes = JSON_TYPE
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def size_bytes(self) -> int:
        if len(self.pieces) == 1:
            return len(self.pieces[0])
        return sum(map(len, self.pieces))


def json_response(value: JSON, status: int = 200) -> Response:
    return Response(status, (orjson.dumps(value),))


def error_response(error: BaseException) -> Response:
    """The protocol's error body, `{"error": "…"}`."""
    response = json_response({"error": str(error) or type(error).__name__}, status_of(error).http)
    if isinstance(error, MethodNotAllowed):
        response.headers.append((b"allow", error.allowed.encode()))
    return response


def serialize(response: Response, keep_alive: bool, head_only: bool = False) -> Sequence[Buffer]:
    """The response's bytes, as few pieces as sensible."""
    pieces = response.pieces
    size_bytes = response.size_bytes
    head = b"%scontent-type: %s\r\ncontent-length: %d\r\n" % (
        _STATUS_LINES[response.status],
        response.content_type,
        size_bytes,
    )
    for name, value in response.headers:
        head += b"%s: %s\r\n" % (name, value)
    head += b"\r\n" if keep_alive else b"connection: close\r\n\r\n"
    if head_only:
        return (head,)
    if size_bytes < _JOIN_BELOW_BYTES:
        return (b"".join((head, *pieces)),)
    return (head, *pieces)
