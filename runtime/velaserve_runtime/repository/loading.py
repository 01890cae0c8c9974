# SPDX-License-Identifier: Apache-2.0
"""From files to warm instances; blocking, so it runs off the loop."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.backends.registry import device_of, open_instance
from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.protocol.tensors import FALLBACK_FROM
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.repository.gears import refuse_unbatched
from velaserve_runtime.repository.layout import scan_model
from velaserve_runtime.repository.model_config_json import model_config_json
from velaserve_runtime.repository.warm_up import warm_up
from velaserve_runtime.repository.warm_up_sizes import warm_up_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from velaserve_lint.names.option import Value
    from velaserve_runtime.backends.instance import ModelInstance, Runner
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
    instances: list[ModelInstance]
    spec: ModelSpec
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
            close_instances([one for version in loaded for one in version.instances])
            raise
        return loaded

    def _load_version(self, source: VersionSource, config: ModelConfig) -> LoadedVersion:
        begin_s = monotonic()
        device = device_of(source, self.settings)
        instances: list[ModelInstance] = []
        try:
            for _ in range(config.instance_count):
                instance = open_instance(source, config, self.settings)
                instances.append(instance)
                spec = instance.load()
                _log_warmed_up(source, warm_up_sizes(instance, spec, config))
                warm = warm_up(instance, spec, config)
                refuse_unbatched(config, warm)
        except VelaserveError:
            close_instances(instances)
            raise
        _log_loaded(source, warm, monotonic() - begin_s)
        if device != self.settings.device:
            spec = _fallen_back(source, spec, self.settings.device)
        return LoadedVersion(
            name=source.name,
            version=source.version,
            instances=instances,
            spec=spec,
            config=config,
            warm=warm,
            config_json=model_config_json(source, spec, config, warm.batchable),
            inline_allowed=source.format == "onnx" and config.executor in ("auto", "inline"),
        )


def close_instances(instances: Sequence[Runner]) -> None:
    """Closes all, also when one refuses."""
    for instance in instances:
        with suppress(VelaserveError):
            instance.close()


def _log_warmed_up(source: VersionSource, milliseconds: Mapping[str, float]) -> None:
    """What first requests of these sizes would have waited, for each instance."""
    if milliseconds:
        named = {"model": source.name, "version": source.version}
        LOG.info("batch sizes warmed up", extra={**named, "milliseconds": milliseconds})


def _fallen_back(source: VersionSource, spec: ModelSpec, wanted: str) -> ModelSpec:
    """The same, and it says so wherever it is asked."""
    LOG.warning(
        "model runs on the CPU",
        extra={
            "model": source.name,
            "version": source.version,
            "device": wanted,
            "reason": f"no backend of this server runs {source.format} on {wanted}",
        },
    )
    return replace(spec, placement={**spec.placement, FALLBACK_FROM: wanted})


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
