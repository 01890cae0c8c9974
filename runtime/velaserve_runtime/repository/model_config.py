# SPDX-License-Identifier: Apache-2.0
"""ModelConfig: everything that can be said about how one model is served."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from velaserve_lint.names import options
from velaserve_runtime.repository.version_policy import LATEST, VersionPolicy

if TYPE_CHECKING:
    from velaserve_runtime.protocol.tensors import Shape, TensorSpec


@dataclass(frozen=True, slots=True)
class SampleTensor:
    """One input of a warm-up sample; a free first dimension is a request of that many rows."""

    shape: Shape
    data: Literal["zero", "random"] = "random"


WarmUpSample = dict[str, SampleTensor]
"""Input name -> what to make up for it."""


def _default(key: str) -> Any:  # Any: each option has its own type; tests compare with ModelConfig
    return field(default_factory=lambda: options()[key].default)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """How one model is served; the first block are server options (velaserve_lint.names)."""

    max_batch_size: int = _default("max_batch_size")
    preferred_batch_size: int | None = _default("preferred_batch_size")
    gears_batch: tuple[int, ...] | None = _default("gears_batch")
    warmup_batch_sizes: tuple[int, ...] | None = _default("warmup_batch_sizes")
    max_queue_delay_microseconds: int = _default("max_queue_delay_microseconds")
    max_queue_size: int = _default("max_queue_size")
    default_timeout_microseconds: int = _default("default_timeout_microseconds")
    executor: str = _default("executor")
    instance_count: int = _default("instance_count")
    intra_op_threads: int | None = _default("intra_op_threads")
    model_format: str | None = _default("model_format")
    cann_options: str | None = _default("cann_options")

    batching: Literal["auto", "off"] = "auto"
    """auto: when warm-up has shown that a row's answer does not depend on the others."""
    version_policy: VersionPolicy = LATEST
    warm_up: tuple[WarmUpSample, ...] = ()
    """For models with free dimensions beside the batch."""
    inputs: tuple[TensorSpec, ...] = ()
    """For formats that carry no names and shapes (TorchScript)."""
    outputs: tuple[TensorSpec, ...] = ()

    @property
    def ordered_sizes(self) -> list[int]:
        """Batch sizes that must have run before the model is ready, ascending."""
        return sorted({*(self.gears_batch or ()), *(self.warmup_batch_sizes or ())})


OPTION_KEYS = frozenset(
    item.name for item in dataclasses.fields(ModelConfig) if item.name in options()
)
"""The fields that are server options too."""
