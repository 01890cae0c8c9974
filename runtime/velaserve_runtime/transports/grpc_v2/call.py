# SPDX-License-Identifier: Apache-2.0
"""What passes between an engine and the handlers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.transports.status import status_of

LOG = logging.getLogger(__name__)
MAX_DETAILS_BYTES = 2048
"""Details travel in the trailers, percent-encoded; clients refuse trailers above 8 KiB."""


@dataclass(slots=True)
class CallContext:
    """One call as its engine sees it; an engine whose client is gone cancels the coroutine."""

    deadline_s: float | None = None
    """On time.monotonic()'s clock."""
    trailers: tuple[tuple[str, str], ...] = ()
    """What the handler wants sent after its answer."""


Pieces = Sequence[bytes | memoryview]
"""A message to be sent or joined."""
Unary = Callable[[bytes, CallContext], Coroutine[None, None, Pieces]]
Stream = Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]]


class Failure(NamedTuple):
    """How a call ends that has no answer."""

    code: str
    """Name of the code, as in grpc.StatusCode."""
    details: str


def failure_of(error: Exception, method: str) -> Failure:
    """The failure to answer with; an error that nobody foresaw is logged and not told."""
    code = status_of(error).grpc
    if isinstance(error, VelaserveError):
        return Failure(code, _shortened(str(error)))
    LOG.error("call failed", exc_info=error, extra={"method": method})
    return Failure(code, "internal error; the server's log says more")


def _shortened(text: str) -> str:
    raw = text.encode()
    if len(raw) <= MAX_DETAILS_BYTES:
        return text
    return raw[:MAX_DETAILS_BYTES].decode(errors="ignore") + " …"
