# SPDX-License-Identifier: Apache-2.0
"""grpc.health.v1: the whole server and the inference service are as ready as the server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import NotFound
from velaserve_runtime.protocol.grpc_messages import INFERENCE_SERVICE, decode, encode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from velaserve_runtime.dataplane import DataPlane

KNOWN = ("", INFERENCE_SERVICE)
WATCH_INTERVAL_S = 0.2
"""The data plane tells nobody when its readiness changes."""


def check(plane: DataPlane, payload: bytes) -> bytes:
    """Raises:
    NotFound: the service is not known.
    """
    service = _service(payload)
    if service not in KNOWN:
        raise NotFound(f"service '{service}' is not known here; use '' or '{INFERENCE_SERVICE}'")
    return _response(_status(plane, service))


async def watch(plane: DataPlane, payloads: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yields the status now and whenever it changes, until the call ends."""
    service = _service(await anext(payloads))
    told = ""
    while True:
        status = _status(plane, service)
        if status != told:
            yield _response(status)
            told = status
        await asyncio.sleep(WATCH_INTERVAL_S)


def _service(payload: bytes) -> str:
    return str(decode("grpc.health.v1.HealthCheckRequest", payload).get("service", ""))


def _status(plane: DataPlane, service: str) -> str:
    if service not in KNOWN:
        return "SERVICE_UNKNOWN"
    return "SERVING" if plane.ready() else "NOT_SERVING"


def _response(status: str) -> bytes:
    return encode("grpc.health.v1.HealthCheckResponse", {"status": status})
