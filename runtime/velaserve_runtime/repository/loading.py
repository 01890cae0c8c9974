# SPDX-License-Identifier: Apache-2.0
"""From files to warm instances; blocking, so it runs off the loop."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.backends.instance import close_all
from velaserve_runtime.backends.policy import place
from velaserve_runtime.backends.recipe import Recipe
from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.repository.gears import refuse_unbatched, with_gears_of_model
from velaserve_runtime.repository.layout import scan_model
from velaserve_runtime.repository.model_config_json import model_config_json
from velaserve_runtime.repository.warm_up import warm_up
from velaserve_runtime.repository.warm_up_sizes import time_gears, warm_up_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from velaserve_lint.names.option import Value
    from velaserve_runtime.backends.instance import ModelInstance, Runner
    from velaserve_runtime.backends.placement import Placement
    from velaserve_runtime.backends.registry import BackendSettings
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.config import ModelConfig
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.warm_up import WarmUpReport

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """Instances of one version, loaded and warm, not yet scheduled."""

    name: str
    version: str
    instances: Sequence[Runner]
    spec: ModelSpec
    placement: Placement
    config: ModelConfig
    warm: WarmUpReport
    config_json: dict[str, JSON]
    inline_allowed: bool
    """Only in-process CPU ONNX may run on the loop (runtime.md item 2)."""


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads models as the server's options say."""

    settings: BackendSettings
    explicit: Mapping[str, Value]
    """Server options that were really given; they win over velaserve.yaml."""

    def load(self, name: str, directory: Path) -> list[LoadedVersion]:
        """All versions that the model's policy selects, or none.

        Raises:
            LoadFailed: one of them cannot be served; what was loaded is closed again.
        """
        config = load_config(directory, self.explicit)
        sources = config.version_policy.select(scan_model(directory, name, config.model_format))
        loaded: list[LoadedVersion] = []
        try:
            for source in sources:
                loaded.append(self._load_version(source, config))  # noqa: PERF401  kept when a later one fails
        except VelaserveError:
            close_all(one for version in loaded for one in version.instances)
            raise
        return loaded

    def _load_version(self, source: VersionSource, config: ModelConfig) -> LoadedVersion:
        begin_s = monotonic()
        placed = place(Recipe(source, config, self.settings, partial(_warm_up, source, config)))
        source, (_, spec, warm, _) = placed.source, placed.first
        config = with_gears_of_model(config, spec, source.file)
        _log_loaded(source, warm, monotonic() - begin_s)
        return LoadedVersion(
            name=source.name,
            version=source.version,
            instances=placed.runners,
            spec=spec,
            placement=placed.placement,
            config=config,
            warm=warm,
            config_json=model_config_json(source, spec, config, warm.batchable),
            inline_allowed=placed.placement.always_cpu
            and source.format == "onnx"
            and config.executor in ("auto", "inline"),
        )


def _warm_up(
    source: VersionSource, config: ModelConfig, instance: ModelInstance, spec: ModelSpec
) -> WarmUpReport:
    config = with_gears_of_model(config, spec, source.file)
    _log_warmed_up(source, warm_up_sizes(instance, spec, config))
    costs_ns = time_gears(instance, spec, config)
    warm = warm_up(instance, spec, config)
    refuse_unbatched(config, warm)
    return replace(warm, gear_costs_ns=costs_ns)


def _log_warmed_up(source: VersionSource, milliseconds: Mapping[str, float]) -> None:
    """What first requests of these sizes would have waited, for each instance."""
    if milliseconds:
        named = {"model": source.name, "version": source.version}
        LOG.info("batch sizes warmed up", extra={**named, "milliseconds": milliseconds})


def _log_loaded(source: VersionSource, warm: WarmUpReport, seconds: float) -> None:
    LOG.info(
        "model loaded",
        extra={
            "model": source.name,
            "version": source.version,
            "format": source.format,
            "batchable": warm.batchable,
            "warmed": warm.warmed,
            "seconds": round(seconds, 3),
            **({"note": warm.reason} if warm.reason else {}),
        },
    )
