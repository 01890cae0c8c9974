# SPDX-License-Identifier: Apache-2.0
"""POST …/infer: decode, hand to the data plane, encode; large bodies off the loop."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from velaserve_runtime.protocol.errors import InvalidRequest, VelaserveError
from velaserve_runtime.protocol.infer import FALLBACK_HEADER
from velaserve_runtime.protocol.json_pieces import LARGE_BYTES, loads_in_pieces
from velaserve_runtime.protocol.rest_codec import ALL_JSON, decode_infer, encode_infer
from velaserve_runtime.transports.rest.content import (
    SMALLEST_COMPRESSED_BYTES,
    accepted_encoding,
    compress,
    decompress,
)
from velaserve_runtime.transports.rest.http import (
    BINARY_TYPE,
    Response,
    error_response,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.protocol.infer import InferRequest, InferResponse
    from velaserve_runtime.protocol.rest_codec import OutputForm
    from velaserve_runtime.scheduling.pending import Ticket
    from velaserve_runtime.transports.rest.http import HttpRequest
    from velaserve_runtime.transports.rest.routes import Route

_JSON_LENGTH = b"inference-header-content-length"
_TIMEOUT = b"velaserve-timeout-ms"
_LARGE_ELEMENTS = 32768
"""Answers with more JSON elements than this are encoded off the loop."""
_LARGE_COMPRESSED_BYTES = 16384
"""Likewise answers of more bytes than this, when they are compressed."""

LOG = logging.getLogger(__name__)
T = TypeVar("T")


class InferEndpoint:
    """All inference over REST."""

    def __init__(self, plane: DataPlane, max_body_bytes: int) -> None:
        self.plane = plane
        self.max_body_bytes = max_body_bytes
        self._loop = asyncio.get_running_loop()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="velaserve-codec")

    def __call__(
        self, request: HttpRequest, route: Route, respond: Callable[[Response], None]
    ) -> Ticket:
        exchange = _Exchange(self, request, route, respond)
        exchange.start()
        return exchange

    def off_loop(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Runs `work` in a codec thread and `then` on the loop."""
        future = self._threads.submit(work)
        future.add_done_callback(lambda done: self._loop.call_soon_threadsafe(then, done))

    def close(self) -> None:
        self._threads.shutdown(wait=False)


class _Exchange:
    """One request from its bytes to its answer's; the ticket that cancels it in any phase."""

    __slots__ = (
        "_endpoint",
        "_form",
        "_gone",
        "_request",
        "_respond",
        "_route",
        "_ticket",
        "_unpacked_bytes",
    )

    def __init__(
        self,
        endpoint: InferEndpoint,
        request: HttpRequest,
        route: Route,
        respond: Callable[[Response], None],
    ) -> None:
        self._endpoint = endpoint
        self._request = request
        self._route = route
        self._respond = respond
        self._form = ALL_JSON
        self._gone = False
        self._ticket: Ticket | None = None
        self._unpacked_bytes = 0
        """Taken from the budget for a large body's tensors: they may be far larger than it."""

    def cancel(self) -> None:
        self._gone = True
        self._give_back()
        if self._ticket is not None:
            self._ticket.cancel()

    def start(self) -> None:
        headers, body, route = self._request.headers, self._request.body, self._route
        try:
            json_bytes = _whole_number(headers, _JSON_LENGTH) if _JSON_LENGTH in headers else None
            deadline_s = _deadline_s(headers) if _TIMEOUT in headers else None
            size_bytes = len(body) if json_bytes is None else json_bytes
            if size_bytes > LARGE_BYTES or b"content-encoding" in headers:
                work = partial(self._decode_large, json_bytes, deadline_s)
                self._endpoint.off_loop(work, self._decoded)
                return
            request, self._form = decode_infer(
                body, json_bytes, route.model, route.version, deadline_s
            )
        except VelaserveError as err:
            self._refuse(err)
            return
        self._request.id = request.id
        self._ticket = self._endpoint.plane.infer(request, self._answer)

    def _decode_large(
        self, json_bytes: int | None, deadline_s: float | None
    ) -> tuple[InferRequest, OutputForm]:
        body = self._request.body
        encoding = self._request.headers.get(b"content-encoding", b"identity")
        if encoding != b"identity":
            body = decompress(body, encoding, self._endpoint.max_body_bytes)
        route = self._route
        return decode_infer(
            body, json_bytes, route.model, route.version, deadline_s, loads_in_pieces
        )

    def _decoded(self, future: Future[tuple[InferRequest, OutputForm]]) -> None:
        if self._gone:
            return
        error = future.exception()
        if error is not None:
            self._refuse(error)
            return
        request, self._form = future.result()
        unpacked_bytes = sum(tensor.array.nbytes for tensor in request.inputs)
        try:
            self._endpoint.plane.budget.take(unpacked_bytes)
        except VelaserveError as err:
            self._refuse(err)
            return
        self._unpacked_bytes = unpacked_bytes
        self._request.id = request.id
        self._ticket = self._endpoint.plane.infer(request, self._answer)

    def _give_back(self) -> None:
        self._endpoint.plane.budget.give_back(self._unpacked_bytes)
        self._unpacked_bytes = 0

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, VelaserveError):
            self._endpoint.plane.refuse(error)
        else:
            LOG.error("codec failed", exc_info=error)
        self._respond(error_response(error))

    def _answer(self, result: InferResponse | VelaserveError) -> None:
        self._ticket = None  # else the two hold each other, and their tensors, until the next gc
        if self._unpacked_bytes:
            self._give_back()
        if isinstance(result, VelaserveError):
            self._respond(error_response(result))
            return
        accepted = self._request.headers.get(b"accept-encoding")
        encoding = None if accepted is None else accepted_encoding(accepted)
        if _is_large(result, self._form, encoding is not None):
            work = partial(_encode, result, self._form, encoding)
            self._endpoint.off_loop(work, self._encoded)
            return
        try:
            self._respond(_encode(result, self._form, encoding))
        except VelaserveError as err:
            self._refuse(err)

    def _encoded(self, future: Future[Response]) -> None:
        if self._gone:
            return
        error = future.exception()
        if error is None:
            self._respond(future.result())
        else:
            self._refuse(error)


def _encode(result: InferResponse, form: OutputForm, encoding: bytes | None) -> Response:
    pieces, json_bytes = encode_infer(result, form)
    response = Response(200, pieces)
    if result.fallback_from:
        response.headers.append((FALLBACK_HEADER.encode(), result.fallback_from.encode()))
    if json_bytes is not None:
        response.content_type = BINARY_TYPE
        response.headers.append((b"inference-header-content-length", b"%d" % json_bytes))
    if encoding is not None and response.size_bytes >= SMALLEST_COMPRESSED_BYTES:
        response.pieces = compress(pieces, encoding)
        response.headers.append((b"content-encoding", encoding))
    return response


def _is_large(result: InferResponse, form: OutputForm, compressed: bool) -> bool:
    """Whether encoding would hold the loop for more than some tenths of a millisecond."""
    elements = size_bytes = 0
    for tensor in result.outputs:
        size_bytes += tensor.array.nbytes
        if not form.binary(tensor.name):
            elements += tensor.array.size
    return elements > _LARGE_ELEMENTS or (compressed and size_bytes > _LARGE_COMPRESSED_BYTES)


def _deadline_s(headers: dict[bytes, bytes]) -> float:
    return monotonic() + _whole_number(headers, _TIMEOUT) / 1000


def _whole_number(headers: dict[bytes, bytes], name: bytes) -> int:
    text = headers[name]
    if not text.isdigit() or len(text) > 15:
        shown = text[:40].decode(errors="replace")
        raise InvalidRequest(f"header {name.decode()} must be a whole number, found {shown!r}")
    return int(text)
