# SPDX-License-Identifier: Apache-2.0
"""How instances of one model version are made, as often as it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.instance import close_all
from velaserve_runtime.backends.registry import CPU, BackendSettings, open_instance

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.backends.instance import ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.model_config import ModelConfig
    from velaserve_runtime.repository.warm_up import WarmUpReport


class Loaded(NamedTuple):
    """An instance that is loaded and warm, and what that showed."""

    instance: ModelInstance
    spec: ModelSpec
    warm: WarmUpReport
    number: int = 0
    """Among the instances of its version: several cards take turns."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that making an instance takes; on the device of `settings`."""

    source: VersionSource
    config: ModelConfig
    settings: BackendSettings
    warm_up: Callable[[ModelInstance, ModelSpec], WarmUpReport]

    def on_cpu(self) -> Recipe:
        """The same model on the CPU.

        Raises:
            LoadFailed: its format is none for a CPU, and nothing stands in for it.
        """
        settings = replace(self.settings, device=CPU)
        return replace(self, source=self.source.for_cpu(), settings=settings)

    def one(self, number: int) -> Loaded:
        """One instance.

        Raises:
            VelaserveError: it cannot be opened, loaded or warmed up; nothing of it is left.
        """
        instance = open_instance(self.source, self.config, self.settings, number)
        try:
            spec = instance.load()
            return Loaded(instance, spec, self.warm_up(instance, spec), number)
        except Exception:
            close_all([instance])
            raise

    def all(self) -> list[Loaded]:
        """As many as the configuration says, or none. Raises as `one` does."""
        loaded: list[Loaded] = []
        try:
            for number in range(self.config.instance_count):
                loaded.append(self.one(number))  # noqa: PERF401  kept when a later one fails
        except Exception:
            close_all(one.instance for one in loaded)
            raise
        return loaded
