# SPDX-License-Identifier: Apache-2.0
"""The REST server: its sockets, its connections, and what answers on them."""

from __future__ import annotations

import asyncio
import errno
import logging
from time import monotonic, monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import RepositoryApiOff, VelaserveError
from velaserve_runtime.transports.ports import PortTaken
from velaserve_runtime.transports.rest.connection import Connection
from velaserve_runtime.transports.rest.endpoints import HANDLERS, OPERATIONS
from velaserve_runtime.transports.rest.heads import KnownHeads
from velaserve_runtime.transports.rest.http import Response, error_response
from velaserve_runtime.transports.rest.infer import InferEndpoint
from velaserve_runtime.transports.rest.routes import Endpoint, Route, find_route

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.scheduling.pending import Ticket
    from velaserve_runtime.transports.rest.http import HttpRequest
    from velaserve_runtime.transports.rest.limits import RestLimits

LOG = logging.getLogger(__name__)
ACCESS_LOG = logging.getLogger("velaserve.access")
_SWEEP_S = 1.0
_BACKLOG = 2048


class RestServer:
    """Used by the loop's thread."""

    def __init__(
        self, plane: DataPlane, limits: RestLimits, access_log: bool, operations: bool
    ) -> None:
        self.plane = plane
        self.limits = limits
        self.budget = plane.budget
        self.heads = KnownHeads()
        self.draining = False
        self.now_s = monotonic()
        self._access_log = access_log
        self._operations = operations
        self._infer = InferEndpoint(plane, limits.max_body_bytes)
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweep: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()

    async def start(self, host: str, port: int) -> int:
        """Listens; returns the port, which the system chose if 0 was asked for.

        Raises:
            PortTaken: somebody else listens there.
        """
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                lambda: Connection(self), host, port, backlog=_BACKLOG
            )
        except OSError as err:
            if err.errno == errno.EADDRINUSE:
                raise PortTaken(host, port) from err
            raise
        self._tick()
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def drain(self) -> None:
        """Takes no new connection, answers what is in flight, closes; returns when all are gone."""
        self.draining = True
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.close_when_done()
        while self._connections:
            self._empty.clear()
            await self._empty.wait()

    def stop(self) -> None:
        """Ends what drain left."""
        if self._server is not None:
            self._server.close()
        if self._sweep is not None:
            self._sweep.cancel()
        for connection in list(self._connections):
            connection.abort()
        self._infer.close()

    def opened(self, connection: Connection) -> bool:
        self._connections.add(connection)
        return len(self._connections) <= self.limits.max_connections

    def closed(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if not self._connections:
            self._empty.set()

    def refused(self, error: VelaserveError) -> None:
        self.plane.refuse(error)

    def handle(self, request: HttpRequest, respond: Callable[[Response], None]) -> Ticket | None:
        if self._access_log:
            respond = _logged(request, respond)
        try:
            route = find_route(request.method, request.target)
            if route.endpoint is Endpoint.INFER:
                return self._infer(request, route, respond)
            if route.endpoint in OPERATIONS:
                if not self._operations:
                    raise RepositoryApiOff
                self._start_operation(request, route, respond)
                return None
            respond(HANDLERS[route.endpoint](self.plane, route, request))
        except VelaserveError as err:
            self.plane.refuse(err)
            respond(error_response(err))
        except Exception as err:
            LOG.exception("request failed")
            respond(error_response(err))
        return None

    def _start_operation(
        self, request: HttpRequest, route: Route, respond: Callable[[Response], None]
    ) -> None:
        task = asyncio.create_task(self._operate(request, route, respond))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _operate(
        self, request: HttpRequest, route: Route, respond: Callable[[Response], None]
    ) -> None:
        try:
            respond(await OPERATIONS[route.endpoint](self.plane, route, request))
        except VelaserveError as err:
            respond(error_response(err))

    def _tick(self) -> None:
        self.now_s = monotonic()
        for connection in list(self._connections):
            connection.check_time()
        self._sweep = asyncio.get_running_loop().call_later(_SWEEP_S, self._tick)


def _logged(
    request: HttpRequest, respond: Callable[[Response], None]
) -> Callable[[Response], None]:
    def answer(response: Response) -> None:
        ACCESS_LOG.info(
            "request",
            extra={
                "method": request.method.decode(errors="replace"),
                "path": request.target.decode(errors="replace"),
                "id": request.id,
                "status": response.status,
                "bytes_in": len(request.body),
                "bytes_out": response.size_bytes,
                "ms": round((monotonic_ns() - request.received_ns) / 1e6, 3),
            },
        )
        respond(response)

    return answer
