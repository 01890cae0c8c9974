# SPDX-License-Identifier: Apache-2.0
"""The models of this server: load, reload, unload; a request binds its version at admission."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from velaserve_runtime.backends.instance import close_all
from velaserve_runtime.daemon import in_daemon_thread
from velaserve_runtime.protocol.errors import ModelNotFound, VelaserveError
from velaserve_runtime.repository.layout import scan_repository
from velaserve_runtime.repository.served_model import (
    LOADING,
    READY,
    UNAVAILABLE,
    UNLOADING,
    ServedModel,
)
from velaserve_runtime.repository.served_version import ServedVersion
from velaserve_runtime.scheduling.cost import CostCurve
from velaserve_runtime.scheduling.executors import InlinePolicy
from velaserve_runtime.scheduling.gear_plan import GearPlan
from velaserve_runtime.scheduling.scheduler import Scheduler, SchedulingOptions
from velaserve_runtime.telemetry.model_stats import ModelStats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from velaserve_runtime.protocol.metadata import IndexEntry
    from velaserve_runtime.repository.loading import LoadedVersion, Loader
    from velaserve_runtime.scheduling.scheduler import BatchCosts

LOG = logging.getLogger(__name__)
_JOIN_TIMEOUT_S = 5.0


class Repository:
    """Used by the loop's thread; blocking work is done in other threads."""

    def __init__(
        self,
        loader: Loader,
        root: Path | None = None,
        has_gone: Callable[[], None] | None = None,
    ) -> None:
        """`has_gone` is called after a version was given back, while others may serve."""
        self._loader = loader
        self._root = root
        self._has_gone = has_gone
        self._models: dict[str, ServedModel] = {}
        self._retiring: set[asyncio.Task[None]] = set()

    def add(self, name: str, directory: Path) -> None:
        """Makes a model known; `load` serves it."""
        self._models[name] = ServedModel(name, directory)

    async def load_all(self) -> None:
        """Loads every model; what fails is logged and shows in the index.

        Raises:
            LoadFailed: the repository's folder itself cannot be read.
        """
        if self._root is not None:
            for name in await in_daemon_thread(scan_repository, self._root):
                self.add(name, self._root / name)
        for name in list(self._models):
            try:
                await self.load(name)
            except VelaserveError as err:
                LOG.error("model not loaded", extra={"model": name, "reason": str(err)})

    async def load(self, name: str) -> None:
        """Loads or reloads: the new generation is warm before the old one stops taking requests.

        Raises:
            ModelNotFound: there is no such model.
            LoadFailed: and what served before goes on serving.
        """
        model = self._find(name)
        async with model.lock:
            model.wanted = True
            if not model.versions:
                model.state = LOADING
            try:
                loaded = await in_daemon_thread(self._loader.load, name, model.directory)
            except VelaserveError as err:
                model.state = READY if model.versions else UNAVAILABLE
                model.reason = str(err)
                raise
            old = model.versions
            model.versions = {one.version: _schedule(one) for one in loaded}
            model.state, model.reason = READY, ""
            self._retire(old.values())

    async def unload(self, name: str) -> None:
        """Stops taking requests for a model at once and returns when its last answer is out.

        Raises:
            ModelNotFound: there is no such model.
        """
        model = self._find(name)
        async with model.lock:
            old, model.versions = model.versions, {}
            model.wanted = False
            model.state, model.reason = UNLOADING, "unloading"
            for served in old.values():
                await self._give_back(served)
            model.state, model.reason = UNAVAILABLE, "unloaded"

    def version(self, name: str, version: str) -> ServedVersion:
        """The version that serves a request. Raises ModelNotFound, VersionNotFound, NotReady."""
        model = self._models.get(name)
        if model is None:
            raise ModelNotFound(name, self._models)
        return model.version(version)

    def versions(self, name: str) -> tuple[str, ...]:
        return tuple(self._models[name].versions)

    def served(self, name: str | None = None) -> list[ServedVersion]:
        """Every version that serves, of one model or of all."""
        models = self._models.values() if name is None else [self._find(name)]
        return [served for model in models for served in model.versions.values()]

    def is_ready(self, name: str, version: str) -> bool:
        """Raises ModelNotFound, VersionNotFound."""
        model = self._find(name)
        return model.ready and not model.version(version).trouble

    def ready(self) -> bool:
        """Whether something serves, and everything does that nobody unloaded.

        Only a model that lost its device leaves the server ready: others still want its requests.
        """
        wanted = [model for model in self._models.values() if model.wanted and not model.lost]
        return bool(wanted) and all(model.ready for model in wanted)

    def not_ready(self) -> dict[str, str]:
        """Why: model -> reason."""
        return {
            name: model.trouble or model.reason or model.state
            for name, model in self._models.items()
            if model.wanted and not model.ready
        }

    def index(self) -> list[IndexEntry]:
        return [entry for model in self._models.values() for entry in model.index()]

    async def close(self) -> None:
        """Ends every instance; nothing may be queued any more."""
        for model in self._models.values():
            old, model.versions = model.versions, {}
            for served in old.values():
                await _close(served)
        await asyncio.gather(*self._retiring)

    def _find(self, name: str) -> ServedModel:
        if name not in self._models and self._root is not None and _is_folder(self._root, name):
            self.add(name, self._root / name)
        model = self._models.get(name)
        if model is None:
            raise ModelNotFound(name, self._models)
        return model

    def _retire(self, old: Iterable[ServedVersion]) -> None:
        for served in old:
            task = asyncio.create_task(self._give_back(served))
            self._retiring.add(task)
            task.add_done_callback(self._retiring.discard)

    async def _give_back(self, served: ServedVersion) -> None:
        await _close(served)
        if self._has_gone is not None:
            self._has_gone()


def _is_folder(root: Path, name: str) -> bool:
    """Whether `name` is a direct sub-folder: a name from the network never leaves the root."""
    return "/" not in name and not name.startswith(".") and (root / name).is_dir()


def _schedule(loaded: LoadedVersion) -> ServedVersion:
    config, warm = loaded.config, loaded.warm
    limit = config.max_batch_size if warm.batchable else 1
    slowest_ns = max(warm.costs_ns.values()) if loaded.inline_allowed and warm.costs_ns else None
    stats = ModelStats()
    scheduler = Scheduler(
        loaded.instances,
        SchedulingOptions(
            batchable=warm.batchable,
            max_batch_size=limit,
            preferred_batch_size=config.preferred_batch_size,
            max_queue_delay_us=config.max_queue_delay_microseconds,
            max_queue_size=config.max_queue_size,
            learns_of_stand_ins=loaded.placement.stands_in,
        ),
        _costs(loaded, limit),
        InlinePolicy(config.executor, slowest_ns),
        stats,
        loaded.spec.slots,
    )
    return ServedVersion(
        loaded.name,
        loaded.version,
        loaded.spec,
        loaded.placement,
        scheduler,
        stats,
        loaded.config_json,
        config.default_timeout_microseconds,
    )


def _costs(loaded: LoadedVersion, limit: int) -> BatchCosts:
    """What warm-up has found out."""
    gears = loaded.config.gears_batch or () if loaded.warm.batchable else ()
    if gears and loaded.spec.gears:
        plan = GearPlan(gears)
        for rows, cost_ns in loaded.warm.gear_costs_ns.items():
            plan.record(rows, cost_ns)
        return plan
    curve = CostCurve(limit, gears)
    for rows, cost_ns in loaded.warm.costs_ns.items():
        curve.record(rows, cost_ns)
    return curve


async def _close(served: ServedVersion) -> None:
    """Waits for the last answer, then gives the instances back."""
    await served.scheduler.drain()
    named = {"model": served.name, "version": served.version}
    threads = served.scheduler.close()
    # Several may use one instance: it is given back when the last of them has left it.
    ended = {one: await in_daemon_thread(one.join, _JOIN_TIMEOUT_S) for one in threads}
    hung = {thread.instance for thread in threads if not ended[thread]}
    if hung:
        LOG.error("a thread of the model hangs; its memory is not given back", extra=named)
    await in_daemon_thread(close_all, {thread.instance for thread in threads} - hung)
    LOG.info("model unloaded", extra=named)
