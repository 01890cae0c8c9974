# SPDX-License-Identifier: Apache-2.0
"""One HTTP/1.1 connection: bytes in, requests out, answers back in order."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic_ns
from typing import TYPE_CHECKING, Protocol, cast

import httptools

from velaserve_runtime.protocol.errors import (
    HeadTooLarge,
    InvalidRequest,
    TooManyConnections,
    TooSlow,
    VelaserveError,
)
from velaserve_runtime.transports.rest.body import (
    IN_PLACE_FROM_BYTES,
    PieceBody,
    PlacedBody,
    body_too_large,
)
from velaserve_runtime.transports.rest.heads import Head
from velaserve_runtime.transports.rest.http import (
    HttpRequest,
    Response,
    error_response,
    serialize,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.scheduling.budget import ByteBudget
    from velaserve_runtime.scheduling.pending import Ticket
    from velaserve_runtime.transports.rest.heads import KnownHeads
    from velaserve_runtime.transports.rest.limits import RestLimits

_SCRATCH = memoryview(bytearray(65536))
"""Shared by all connections: the loop fills it and hands it over within one callback."""
_READ_HEADERS = frozenset(
    (
        b"accept-encoding",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"expect",
        b"inference-header-content-length",
        b"transfer-encoding",
        b"velaserve-timeout-ms",
    )
)
_NOT_PLAIN = frozenset((b"expect", b"transfer-encoding"))
_MOST_PIPELINED = 64
_MOST_DISCARDED_BYTES = 64 * 1024 * 1024
_IDLE, _HEAD, _BODY, _DISCARD = range(4)


class App(Protocol):
    """What a connection needs of the server behind it."""

    limits: RestLimits
    budget: ByteBudget
    heads: KnownHeads
    draining: bool
    now_s: float
    """The time.monotonic() of the last sweep; exact enough for time-outs."""

    def handle(self, request: HttpRequest, respond: Callable[[Response], None]) -> Ticket | None:
        """Answers by calling `respond` once, at once or later; the ticket cancels."""
        ...

    def opened(self, connection: Connection) -> bool:
        """Whether there is room for the connection."""
        ...

    def closed(self, connection: Connection) -> None: ...

    def refused(self, error: VelaserveError) -> None:
        """Counts a request that could not be read."""
        ...


class Connection(asyncio.BufferedProtocol):
    """Lives on the loop's thread. EOF or RST from the client means it is gone (runtime.md 4)."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._request = HttpRequest()
        self._body: PieceBody | PlacedBody | None = None
        self._small = b""
        self._reserved_bytes = 0
        self._head_bytes = 0
        self._in_place = False
        self._between = True
        """Whether the parser waits for a new request."""
        self._completed = 0
        self._waiting: deque[tuple[HttpRequest | Response, int]] = deque()
        self._current: HttpRequest | None = None
        self._current_bytes = 0
        self._ticket: Ticket | None = None
        self._starting = False
        self._reading_paused = False
        self._writing_paused = False
        self._discarded_bytes = 0
        self._state = _IDLE
        self._since_s = app.now_s

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if not self._app.opened(self):
            limit = self._app.limits.max_connections
            full = TooManyConnections(f"{limit} connections are open already (--max-connections)")
            self._app.refused(full)
            self._write(error_response(full), keep_alive=False)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._app.closed(self)
        self._transport = None
        if self._ticket is not None:
            self._ticket.cancel()
        held = self._reserved_bytes + self._current_bytes + sum(size for _, size in self._waiting)
        self._app.budget.give_back(held)
        self._reserved_bytes = self._current_bytes = 0
        self._current = self._ticket = None
        self._waiting.clear()

    def eof_received(self) -> None:
        """The client hung up; returning None closes the transport."""

    def pause_writing(self) -> None:
        self._writing_paused = True
        self._since_s = self._app.now_s

    def resume_writing(self) -> None:
        self._writing_paused = False
        self._start_next()

    def get_buffer(self, sizehint: int) -> memoryview:
        del sizehint
        if self._in_place and isinstance(self._body, PlacedBody):
            return self._body.missing
        return _SCRATCH

    def buffer_updated(self, nbytes: int) -> None:
        if self._state == _DISCARD:
            self._discard(nbytes)
        elif self._in_place and isinstance(self._body, PlacedBody):
            self._body.advance(nbytes)
            if self._body.complete:
                self._in_place = False
                self.on_message_complete()
                self._parser = httptools.HttpRequestParser(self)
        else:
            self._receive(bytes(_SCRATCH[:nbytes]))

    def _receive(self, data: bytes) -> None:
        """Takes a request whose head is known as it is; all else goes through the parser."""
        if not self._between:
            self._feed(data)
            return
        text, _, body = data.partition(b"\r\n\r\n")
        head = self._app.heads.find(text)
        if head is None or len(body) != head.body_bytes:
            self._completed = 0
            self._feed(data)
            self._remember(text, body)
            return
        try:
            self._app.budget.take(head.body_bytes)
        except VelaserveError as err:
            self._refuse(err)
            return
        request = HttpRequest(head.method, head.target, head.headers)
        request.body = body
        self._accept(request, head.body_bytes)

    def _remember(self, text: bytes, body: bytes) -> None:
        """Keeps the head of what was just parsed, if that was one whole plain request."""
        request = self._request
        if self._completed != 1 or not self._between or not request.keep_alive:
            return
        announced = int(request.headers.get(b"content-length", b"0"))
        if len(body) == announced and not request.headers.keys() & _NOT_PLAIN:
            head = Head(request.method, request.target, request.headers, announced)
            self._app.heads.remember(text, head)

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._parser = httptools.HttpRequestParser(self)
            self._feed(data[upgrade.args[0] :])
            return
        except httptools.HttpParserError as err:
            self._refuse(_reason(err))
            return
        if self._state == _HEAD:
            self._head_bytes += len(data)
            if self._head_bytes > self._app.limits.max_head_bytes:
                self._refuse(self._head_too_large())
        self._in_place = isinstance(self._body, PlacedBody) and not self._body.complete

    def on_message_begin(self) -> None:
        self._request = HttpRequest()
        self._between = False
        self._small = b""
        self._head_bytes = 0
        self._state = _HEAD
        self._since_s = self._app.now_s

    def on_url(self, url: bytes) -> None:
        self._request.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value)
        if self._head_bytes > self._app.limits.max_head_bytes:
            raise self._head_too_large()
        name = name.lower()
        if name in _READ_HEADERS:
            self._request.headers[name] = value

    def on_headers_complete(self) -> None:
        self._request.method = self._parser.get_method()
        self._enter(_BODY)
        headers = self._request.headers
        size_bytes = int(headers.get(b"content-length", b"0"))
        if size_bytes > self._app.limits.max_body_bytes:
            raise body_too_large(self._app.limits.max_body_bytes)
        self._app.budget.take(size_bytes)
        self._reserved_bytes = size_bytes
        if size_bytes >= IN_PLACE_FROM_BYTES:
            json_bytes = headers.get(b"inference-header-content-length", b"0")
            aligned_at = int(json_bytes) if json_bytes.isdigit() else 0
            self._body = PlacedBody(size_bytes, aligned_at)
        elif b"content-length" not in headers:
            self._body = PieceBody(self._app.limits.max_body_bytes)
        if b"expect" in headers and self._transport is not None and self._current is None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, piece: bytes) -> None:
        body = self._body
        if body is None:
            self._small += piece
            return
        if isinstance(body, PieceBody):
            self._app.budget.take(len(piece))
            self._reserved_bytes += len(piece)
        body.add(piece)

    def on_message_complete(self) -> None:
        request, size_bytes = self._request, self._reserved_bytes
        if self._body is not None:
            request.body = self._body.finish()
            self._body = None
        else:
            request.body = self._small
        request.keep_alive = self._parser.should_keep_alive()
        self._reserved_bytes = 0
        self._completed += 1
        self._between = True
        self._accept(request, size_bytes)

    def _accept(self, request: HttpRequest, size_bytes: int) -> None:
        """Starts a complete request, or lets it wait for the answers before it."""
        request.received_ns = monotonic_ns()
        self._state = _IDLE
        self._since_s = self._app.now_s
        if self._current is None and not self._waiting and not self._writing_paused:
            self._start(request, size_bytes)
            return
        self._waiting.append((request, size_bytes))
        if len(self._waiting) >= _MOST_PIPELINED and self._transport is not None:
            self._transport.pause_reading()
            self._reading_paused = True

    def close_when_done(self) -> None:
        """Closes now if idle, else after the answers under way (the app is draining)."""
        receiving = self._state in (_HEAD, _BODY)
        if not (receiving or self._waiting or self._current) and self._transport is not None:
            self._transport.close()

    def check_time(self) -> None:
        """Closes the connection when its state has lasted too long; called by the sweep."""
        limits = self._app.limits
        lasted_s = self._app.now_s - self._since_s
        if self._writing_paused and lasted_s > limits.body_timeout_s:
            self.abort()
        elif self._state == _IDLE and lasted_s > limits.keep_alive_timeout_s:
            if self._current is None and self._transport is not None:
                self._transport.close()
        elif self._state == _DISCARD and lasted_s > limits.head_timeout_s:
            self.abort()
        elif (self._state == _HEAD and lasted_s > limits.head_timeout_s) or (
            self._state == _BODY and lasted_s > limits.body_timeout_s
        ):
            what = "head" if self._state == _HEAD else "body"
            self._refuse(TooSlow(f"the request's {what} did not arrive in {lasted_s:.0f} s"))

    def _start(self, request: HttpRequest, size_bytes: int) -> None:
        self._current, self._current_bytes = request, size_bytes
        ticket = self._app.handle(request, self._respond)
        if self._current is request:
            self._ticket = ticket

    def _start_next(self) -> None:
        """Hands waiting requests to the app, one at a time: answers keep their order."""
        if self._starting:
            return
        self._starting = True
        while self._waiting and self._current is None and not self._writing_paused:
            item, size_bytes = self._waiting.popleft()
            if isinstance(item, Response):
                self._write(item, keep_alive=False)
                break
            self._start(item, size_bytes)
        self._starting = False
        if self._reading_paused and not self._waiting and self._transport is not None:
            self._transport.resume_reading()
            self._reading_paused = False

    def _respond(self, response: Response) -> None:
        request = self._current
        if request is None:
            return
        self._current = self._ticket = None
        self._app.budget.give_back(self._current_bytes)
        self._current_bytes = 0
        self._since_s = self._app.now_s
        keep_alive = request.keep_alive and not self._app.draining
        self._write(response, keep_alive, request.method == b"HEAD")
        if self._waiting and keep_alive:
            self._start_next()

    def _write(self, response: Response, keep_alive: bool, head_only: bool = False) -> None:
        if self._transport is None:
            return
        for piece in serialize(response, keep_alive, head_only):
            self._transport.write(piece)
        if not keep_alive and self._state != _DISCARD:
            self._transport.close()

    def _refuse(self, error: VelaserveError) -> None:
        """Answers a request that cannot be read, after the earlier ones; then only discards.

        What still comes is read and thrown away for a while: closing at once would reset the
        connection, and the client would never see the answer.
        """
        self._app.budget.give_back(self._reserved_bytes)
        self._reserved_bytes = 0
        self._body = None
        self._in_place = False
        self._enter(_DISCARD)
        self._app.refused(error)
        self._waiting.append((error_response(error), 0))
        if self._current is None:
            self._start_next()

    def _discard(self, size_bytes: int) -> None:
        self._discarded_bytes += size_bytes
        if self._discarded_bytes > _MOST_DISCARDED_BYTES:
            self.abort()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _enter(self, state: int) -> None:
        self._state = state
        self._since_s = self._app.now_s

    def _head_too_large(self) -> HeadTooLarge:
        limit = self._app.limits.max_head_bytes
        return HeadTooLarge(f"the request's head is over {limit} bytes (--max-head-bytes)")


def _reason(err: httptools.HttpParserError) -> VelaserveError:
    """Our own error raised in a callback, else that this is not HTTP."""
    cause = err.__context__
    if isinstance(cause, VelaserveError):
        return cause
    return InvalidRequest(f"not a valid HTTP/1.1 request: {err}")
