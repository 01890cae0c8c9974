# SPDX-License-Identifier: Apache-2.0
"""Gears: the only batch sizes that a model is to run with."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import ConfigError, LoadFailed

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.model_config import ModelConfig
    from velaserve_runtime.repository.warm_up import WarmUpReport


def with_gears(config: ModelConfig, file: Path, max_is_given: bool) -> ModelConfig:
    """The configuration whose largest batch is the largest gear, and whose gears are sorted.

    Raises:
        ConfigError: another batch size than a gear is asked for.
    """
    if config.gears_batch is None:
        return config
    gears = tuple(sorted(set(config.gears_batch)))
    if max_is_given and config.max_batch_size != gears[-1]:
        raise ConfigError(
            f"{file}: max_batch_size {config.max_batch_size} is not the largest of gears_batch "
            f"{list(gears)}; leave max_batch_size out or change the gears"
        )
    preferred = config.preferred_batch_size
    if preferred is not None and preferred not in gears:
        raise ConfigError(
            f"{file}: preferred_batch_size {preferred} is none of gears_batch {list(gears)}; "
            "leave preferred_batch_size out or name a gear"
        )
    return dataclasses.replace(config, max_batch_size=gears[-1], gears_batch=gears)


def with_gears_of_model(config: ModelConfig, spec: ModelSpec, file: Path) -> ModelConfig:
    """The same for the gears that the model itself has, as far as max_batch_size allows them.

    Raises:
        LoadFailed: other gears are asked for, or none is small enough.
    """
    if not spec.gears or config.gears_batch == spec.gears:
        return config
    if config.gears_batch is not None:
        raise LoadFailed(
            f"{file} was compiled for the batches {list(spec.gears)}, gears_batch says "
            f"{list(config.gears_batch)}; leave gears_batch out, or convert the model anew"
        )
    gears = tuple(gear for gear in spec.gears if gear <= config.max_batch_size)
    if not gears:
        raise LoadFailed(
            f"{file} was compiled for the batches {list(spec.gears)}, all over max_batch_size "
            f"{config.max_batch_size}; raise max_batch_size"
        )
    return with_gears(dataclasses.replace(config, gears_batch=gears), file, max_is_given=False)


def refuse_unbatched(config: ModelConfig, warm: WarmUpReport) -> None:
    """Raises: LoadFailed where no batch would ever be one of several gears."""
    if config.gears_batch and config.max_batch_size > 1 and not warm.batchable:
        raise LoadFailed(
            f"gears_batch {list(config.gears_batch)} needs a model whose requests may share a "
            f"batch, this one is {warm.reason}; mend that or leave gears_batch out"
        )
