# SPDX-License-Identifier: Apache-2.0
"""The part of grpcio that is used; the package itself is untyped."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence


class Call(Protocol):
    """One call, seen from its handler (grpc.aio.ServicerContext)."""

    def time_remaining(self) -> float | None:
        """Seconds to the deadline."""
        ...

    def set_trailing_metadata(self, metadata: Sequence[tuple[str, str]], /) -> None: ...

    async def abort(self, code: object, details: str) -> NoReturn: ...


class CallDetails(Protocol):
    """What is known of a call before its first message."""

    method: str


class MethodHandler(Protocol):
    """Made by the two functions of GrpcModule."""


class MethodFinder(Protocol):
    """Ours: chooses the handler of a call."""

    def service(self, details: CallDetails) -> MethodHandler: ...


class AioServer(Protocol):
    """grpc.aio.Server."""

    def add_generic_rpc_handlers(self, handlers: Sequence[MethodFinder], /) -> None: ...

    def add_insecure_port(self, address: str, /) -> int:
        """Raises: RuntimeError when it cannot listen; it does not say why."""
        ...

    async def start(self) -> None: ...

    async def stop(self, grace_s: float | None, /) -> None: ...


class AioModule(Protocol):
    """grpc.aio."""

    def server(self, *, options: Sequence[tuple[str, int]]) -> AioServer: ...


class GrpcModule(Protocol):
    """The module; without (de)serializers messages are bytes."""

    StatusCode: Mapping[str, object]
    aio: AioModule

    def unary_unary_rpc_method_handler(
        self, handler: Callable[[bytes, Call], Awaitable[bytes]], /
    ) -> MethodHandler: ...

    def stream_stream_rpc_method_handler(
        self, handler: Callable[[AsyncIterator[bytes], Call], AsyncIterator[bytes]], /
    ) -> MethodHandler: ...


def import_grpc() -> GrpcModule:
    """Raises: ImportError without the extra `grpc`."""
    importlib.import_module("grpc.aio")
    return cast("GrpcModule", importlib.import_module("grpc"))
