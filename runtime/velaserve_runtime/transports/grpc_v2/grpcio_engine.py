# SPDX-License-Identifier: Apache-2.0
"""The handlers served by grpcio (the extra `grpc`), on the data plane's event loop."""

from __future__ import annotations

import asyncio
import errno
import socket
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, cast

from velaserve_runtime.protocol.errors import Draining
from velaserve_runtime.transports.grpc_v2.call import CallContext, failure_of
from velaserve_runtime.transports.grpc_v2.grpcio_api import import_grpc
from velaserve_runtime.transports.grpc_v2.handlers import not_provided
from velaserve_runtime.transports.ports import PortTaken

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from velaserve_runtime.transports.grpc_v2.call import Stream, Unary
    from velaserve_runtime.transports.grpc_v2.grpcio_api import (
        AioServer,
        Call,
        CallDetails,
        GrpcModule,
        MethodHandler,
    )
    from velaserve_runtime.transports.grpc_v2.handlers import Handlers
    from velaserve_runtime.transports.grpc_v2.limits import GrpcLimits


class GrpcServer:
    """One listening port; made, started and drained on the loop."""

    def __init__(self, handlers: Handlers, limits: GrpcLimits) -> None:
        self._grpc = import_grpc()
        self._calls = _Calls(self._grpc, handlers)
        self._server: AioServer = self._grpc.aio.server(options=_channel_options(limits))
        self._server.add_generic_rpc_handlers((self._calls,))

    async def start(self, host: str, port: int) -> int:
        """Listens; returns the port, which the kernel chose if `port` is 0.

        Raises:
            PortTaken: somebody else listens there.
            OSError: `host` is no address of this machine.
        """
        _check_free(host, port)
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            bound = self._server.add_insecure_port(address)
        except RuntimeError as err:
            raise PortTaken(host, port) from err
        await self._server.start()
        return bound

    async def drain(self, grace_s: float) -> None:
        """Takes no new call, answers those in flight, closes; after `grace_s` whatever is left."""
        self._calls.end_streams()
        await self._server.stop(grace_s)


class _Calls:
    """Finds the handler of each call and speaks for it with grpcio."""

    def __init__(self, grpc: GrpcModule, handlers: Handlers) -> None:
        self._grpc = grpc
        self._open_streams: set[asyncio.Task[object]] = set()
        self._stopping = False
        unary, stream = grpc.unary_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
        self._known: dict[str, MethodHandler] = {
            **{
                name: unary(partial(self._unary, name, one)) for name, one in handlers.unary.items()
            },
            **{
                name: stream(partial(self._stream, name, one))
                for name, one in handlers.streams.items()
            },
        }

    def service(self, details: CallDetails) -> MethodHandler:
        known = self._known.get(details.method)
        if known is not None:
            return known
        refusing = partial(not_provided, details.method)
        return self._grpc.stream_stream_rpc_method_handler(
            partial(self._stream, details.method, refusing)
        )

    def end_streams(self) -> None:
        """Streams that wait for their client would hold the drain until its end."""
        self._stopping = True
        for task in self._open_streams:
            task.cancel()

    async def _unary(self, method: str, handler: Unary, payload: bytes, call: Call) -> bytes:
        context = _context_of(call)
        try:
            answer = b"".join(await handler(payload, context))
        except Exception as err:  # noqa: BLE001  # failure_of logs what nobody foresaw
            return await self._fail(call, err, method)
        if context.trailers:
            call.set_trailing_metadata(context.trailers)
        return answer

    async def _stream(
        self, method: str, handler: Stream, payloads: AsyncIterator[bytes], call: Call
    ) -> AsyncIterator[bytes]:
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._open_streams.add(task)
        try:
            async for payload in handler(payloads):
                yield payload
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            await self._fail(call, Draining("the server is stopping; call another one"), method)
        except Exception as err:  # noqa: BLE001  # failure_of logs what nobody foresaw
            await self._fail(call, err, method)
        finally:
            self._open_streams.discard(task)

    async def _fail(self, call: Call, error: Exception, method: str) -> bytes:
        failure = failure_of(error, method)
        await call.abort(self._grpc.StatusCode[failure.code], failure.details)


def _context_of(call: Call) -> CallContext:
    remaining_s = call.time_remaining()
    return CallContext(None if remaining_s is None else monotonic() + remaining_s)


def _check_free(host: str, port: int) -> None:
    """grpcio does not say why it cannot listen."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as err:
            if err.errno == errno.EADDRINUSE:
                raise PortTaken(host, port) from err
            raise


def _channel_options(limits: GrpcLimits) -> list[tuple[str, int]]:
    return [
        ("grpc.so_reuseport", 0),  # else two servers share the port and nobody notices
        ("grpc.max_receive_message_length", limits.max_message_bytes),
        ("grpc.max_send_message_length", -1),
        ("grpc.max_metadata_size", limits.max_metadata_bytes),
        ("grpc.absolute_max_metadata_size", limits.max_metadata_bytes),
        ("grpc.max_concurrent_streams", limits.max_concurrent_streams),
        ("grpc.keepalive_time_ms", int(limits.keepalive_time_s * 1000)),
        ("grpc.keepalive_timeout_ms", int(limits.keepalive_timeout_s * 1000)),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
        (
            "grpc.http2.min_recv_ping_interval_without_data_ms",
            int(limits.min_ping_interval_s * 1000),
        ),
    ]
