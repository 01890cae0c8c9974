# SPDX-License-Identifier: Apache-2.0
"""One log line for each call, when asked for."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from time import monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.request import scan_request
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.transports.grpc_v2.call import CallContext, Pieces, Unary

LOG = logging.getLogger("velaserve.access")


def logged(handlers: Mapping[str, Unary]) -> Mapping[str, Unary]:
    """The same handlers, each of whose calls is logged when it ends."""
    return {method: partial(_log, method, handler) for method, handler in handlers.items()}


async def _log(method: str, handler: Unary, payload: bytes, context: CallContext) -> Pieces:
    begin_ns = monotonic_ns()
    code, bytes_out = "CANCELLED", 0
    try:
        pieces = await handler(payload, context)
        code, bytes_out = "OK", sum(map(len, pieces))
    except Exception as err:
        code = status_of(err).grpc
        raise
    finally:
        LOG.info(
            "request",
            extra={
                "method": method,
                "id": _request_id(method, payload),
                "status": code,
                "bytes_in": len(payload),
                "bytes_out": bytes_out,
                "ms": round((monotonic_ns() - begin_ns) / 1e6, 3),
            },
        )
    return pieces


def _request_id(method: str, payload: bytes) -> str:
    """The caller's; empty for other methods and for what is no request."""
    if method.endswith("/ModelInfer"):
        with suppress(InvalidRequest):
            return scan_request(payload).id
    return ""
