# SPDX-License-Identifier: Apache-2.0
"""The life of a server: start, load, warm up, ready, drain, stop."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import signal
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, cast

from velaserve_runtime.backends.registry import BackendSettings
from velaserve_runtime.dataplane import DataPlane
from velaserve_runtime.protocol.errors import LoadFailed
from velaserve_runtime.repository.layout import scan_repository
from velaserve_runtime.repository.loading import Loader
from velaserve_runtime.repository.repository import Repository
from velaserve_runtime.resources.cpu_quota import threads_for
from velaserve_runtime.resources.heap import settle_heap
from velaserve_runtime.scheduling.budget import ByteBudget
from velaserve_runtime.transports.rest.limits import RestLimits
from velaserve_runtime.transports.rest.server import RestServer

if TYPE_CHECKING:
    from velaserve_runtime.settings import Settings
    from velaserve_runtime.transports.grpc_v2.grpcio_engine import GrpcServer

LOG = logging.getLogger("velaserve")
GRPC_MISSING = "gRPC is off; to serve it: pip install 'velaserve[grpc]'"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Server:
    """One process that serves; `run` is its whole life."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.repository = _repository(settings)
        self.budget = ByteBudget(settings.max_inflight_bytes)
        api = repository_api(settings)
        self.plane = DataPlane(self.repository, self.budget)
        limits = RestLimits(
            max_head_bytes=settings.max_head_bytes,
            max_body_bytes=settings.max_body_bytes,
            max_connections=settings.max_connections,
            head_timeout_s=settings.head_timeout_s,
            body_timeout_s=settings.body_timeout_s,
            keep_alive_timeout_s=settings.keep_alive_timeout_s,
        )
        self.rest = RestServer(self.plane, limits, settings.access_log, api == "data-port")
        self.admin = (
            RestServer(self.plane, limits, settings.access_log, operations=True)
            if api == "admin-port"
            else None
        )
        self.grpc: GrpcServer | None = None
        self._stop = asyncio.Event()
        self._at_once = asyncio.Event()
        self._interrupts = 0

    async def run(self) -> bool:
        """Serves until a signal; whether it was Ctrl-C.

        Raises:
            PortTaken: a port is taken.
            LoadFailed: in one-model mode, the model cannot be served.
        """
        self._handle_signals()
        try:
            ports = await self._listen()
            loading = asyncio.create_task(self._load())
            stopping = asyncio.create_task(self._stop.wait())
            await asyncio.wait((loading, stopping), return_when=asyncio.FIRST_COMPLETED)
            if loading.done():
                loading.result()
                self._say_ready(ports)
                await stopping
            else:
                loading.cancel()
                with suppress(asyncio.CancelledError):
                    await loading
            await self._drain()
        finally:
            self._close_sockets()
        return self._interrupts > 0

    async def _listen(self) -> dict[str, int]:
        settings = self.settings
        ports = {"http_port": await self.rest.start(settings.host, settings.http_port)}
        if self.admin is not None:
            ports["admin_port"] = await self.admin.start(settings.host, settings.admin_port)
        if settings.enable_grpc and importlib.util.find_spec("grpc") is None:
            LOG.warning(GRPC_MISSING)
        elif settings.enable_grpc:
            ports["grpc_port"] = await self._start_grpc()
        return ports

    async def _start_grpc(self) -> int:
        from velaserve_runtime.transports.grpc_v2.grpcio_engine import GrpcServer
        from velaserve_runtime.transports.grpc_v2.handlers import Handlers
        from velaserve_runtime.transports.grpc_v2.limits import GrpcLimits

        settings = self.settings
        operations = repository_api(settings) == "data-port"
        handlers = Handlers(self.plane, operations=operations, access_log=settings.access_log)
        limits = GrpcLimits(settings.max_body_bytes, settings.max_head_bytes)
        self.grpc = GrpcServer(handlers, limits)
        return await self.grpc.start(settings.host, settings.grpc_port)

    async def _load(self) -> None:
        begin_s = monotonic()
        model_dir = self.settings.model_dir
        if model_dir is None:
            await self.repository.load_all()
        else:
            await self.repository.load(_model_name(self.settings, model_dir))
        settle_heap()
        LOG.debug("models loaded", extra={"seconds": round(monotonic() - begin_s, 3)})

    def _say_ready(self, ports: dict[str, int]) -> None:
        reasons = self.repository.not_ready()
        served = [f"{one.name}/{one.version}" for one in self.repository.served()]
        if self.plane.ready():
            LOG.info("ready", extra={"host": self.settings.host, **ports, "models": served})
        else:
            LOG.error(
                "not ready",
                extra={**ports, "models": served, "reasons": reasons or "no model was found"},
            )

    async def _drain(self) -> None:
        """Ready is 503 at once; then the drain delay; then answers; then the end."""
        settings = self.settings
        begin_s = monotonic()
        self.plane.draining = True
        delay_s = 0.0 if self._interrupts else settings.drain_delay_s
        LOG.info("draining", extra={"delay_s": delay_s, "grace_period_s": settings.grace_period_s})
        with suppress(TimeoutError):
            await asyncio.wait_for(self._at_once.wait(), delay_s or None if delay_s else 0)
        self.plane.stopped = True
        left_s = max(settings.grace_period_s - (monotonic() - begin_s), 0.1)
        try:
            async with asyncio.timeout(left_s):
                await self._drain_wires(left_s)
                await self.repository.close()
        except TimeoutError:
            LOG.error("stopped with requests in flight", extra={"after_s": settings.grace_period_s})
        LOG.info(
            "stopped",
            extra={
                "served_while_draining": self.plane.served_while_draining,
                "refused_while_draining": self.plane.refused_while_draining,
            },
        )

    async def _drain_wires(self, left_s: float) -> None:
        wires = [self.rest.drain()]
        if self.admin is not None:
            wires.append(self.admin.drain())
        if self.grpc is not None:
            wires.append(self.grpc.drain(left_s))
        await asyncio.gather(*wires)

    def _close_sockets(self) -> None:
        self.rest.stop()
        if self.admin is not None:
            self.admin.stop()

    def _handle_signals(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stop.set)
        loop.add_signal_handler(signal.SIGINT, self._interrupt)

    def _interrupt(self) -> None:
        self._interrupts += 1
        self._stop.set()
        self._at_once.set()
        if self._interrupts > 1:
            raise KeyboardInterrupt


def repository_api(settings: Settings) -> str:
    """off, data-port or admin-port; by default data-port on loopback only (runtime.md 19)."""
    if settings.repository_api is not None:
        return settings.repository_api
    return "data-port" if settings.host in _LOOPBACK else "off"


def _repository(settings: Settings) -> Repository:
    root = Path(settings.model_repository) if settings.model_repository else None
    backend = BackendSettings(
        allow_python_models=settings.allow_python_models,
        intra_op_threads=threads_for(_instances(settings, root)),
        predictor_host=settings.predictor_host,
        device=settings.device,
        fallback_policy=settings.fallback_policy,
        compile_cache_dir=settings.compile_cache_dir,
        compile_cache_max_bytes=settings.compile_cache_max_bytes,
    )
    repository = Repository(Loader(backend, settings.explicit), root, settle_heap)
    if settings.model_dir is not None:
        directory = Path(settings.model_dir)
        if not directory.is_dir():
            raise LoadFailed(f"--model-dir {directory} is not a folder")
        repository.add(_model_name(settings, settings.model_dir), directory)
    return repository


def _instances(settings: Settings, root: Path | None) -> int:
    """How many instances share the CPUs (runtime.md item 8)."""
    models = 1 if root is None else max(len(scan_repository(root)), 1)
    return models * cast("int", settings.explicit.get("instance_count", 1))


def _model_name(settings: Settings, model_dir: str) -> str:
    return settings.model_name or Path(model_dir).resolve().name
