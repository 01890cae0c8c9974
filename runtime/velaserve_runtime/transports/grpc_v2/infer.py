# SPDX-License-Identifier: Apache-2.0
"""ModelInfer: decode, hand to the data plane, encode; what is slow is done off the loop."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.protocol.grpc_codec.request import scan_request
from velaserve_runtime.protocol.grpc_codec.response import encode_response
from velaserve_runtime.protocol.infer import FALLBACK_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.protocol.infer import InferRequest, InferResponse
    from velaserve_runtime.transports.grpc_v2.call import CallContext, Pieces

SLOW_BYTES = 32_768
"""Decoding as many element by element takes a few milliseconds."""
SLOW_ELEMENTS = 8_192
DEADLINE_SLACK_S = 0.05
"""A client's own timer runs out a little before ours and cancels: that is its deadline."""


async def infer(plane: DataPlane, payload: bytes, context: CallContext) -> Pieces:
    """Answers one ModelInferRequest.

    Raises:
        VelaserveError: why it has no answer; the data plane has counted it.
        CancelledError: the client is gone.
    """
    with _bytes_held(plane, len(payload)):
        request = await _decode(plane, payload, context.deadline_s)
        response = await _answer(plane, request, context)
    if response.fallback_from:
        context.trailers = ((FALLBACK_HEADER, response.fallback_from),)
    return await _encode(response)


@contextmanager
def _bytes_held(plane: DataPlane, size_bytes: int) -> Iterator[None]:
    try:
        plane.budget.take(size_bytes)
    except VelaserveError as err:
        plane.refuse(err)
        raise
    try:
        yield
    finally:
        plane.budget.give_back(size_bytes)


async def _decode(plane: DataPlane, payload: bytes, deadline_s: float | None) -> InferRequest:
    try:
        scanned = scan_request(payload)
        if scanned.slow_bytes > SLOW_BYTES:
            return await asyncio.to_thread(scanned.request, deadline_s)
        return scanned.request(deadline_s)
    except VelaserveError as err:
        plane.refuse(err)
        raise


async def _answer(plane: DataPlane, request: InferRequest, context: CallContext) -> InferResponse:
    answered: asyncio.Future[InferResponse | VelaserveError]
    answered = asyncio.get_running_loop().create_future()

    def done(outcome: InferResponse | VelaserveError) -> None:
        if not answered.done():
            answered.set_result(outcome)

    ticket = plane.infer(request, done)
    try:
        outcome = await answered
    except asyncio.CancelledError:
        if not _is_due(context):  # else the data plane's own timer ends it, as what it is
            ticket.cancel()
        raise
    if isinstance(outcome, VelaserveError):
        raise outcome
    return outcome


def _is_due(context: CallContext) -> bool:
    return context.deadline_s is not None and monotonic() > context.deadline_s - DEADLINE_SLACK_S


async def _encode(response: InferResponse) -> Pieces:
    texts = [tensor.array.size for tensor in response.outputs if tensor.datatype == "BYTES"]
    if sum(texts) > SLOW_ELEMENTS:
        return await asyncio.to_thread(encode_response, response)
    return encode_response(response)
