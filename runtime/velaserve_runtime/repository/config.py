# SPDX-License-Identifier: Apache-2.0
"""A model's configuration: server options over velaserve.yaml over defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.repository.config_file import parse_config
from velaserve_runtime.repository.gears import with_gears
from velaserve_runtime.repository.model_config import OPTION_KEYS, ModelConfig

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from velaserve_lint.names.option import Value
    from velaserve_runtime.protocol.tensors import TensorSpec

__all__ = ["CONFIG_FILE", "ModelConfig", "declared_tensors", "load_config"]

CONFIG_FILE = "velaserve.yaml"


def load_config(directory: Path, explicit: Mapping[str, Value] | None = None) -> ModelConfig:
    """The configuration of the model in `directory`.

    Args:
        directory: the model's folder; velaserve.yaml in it is optional.
        explicit: the server options that were really given; others than a model's are ignored.

    Raises:
        ConfigError: velaserve.yaml is wrong; the text begins with file:line:column.
    """
    file = directory / CONFIG_FILE
    try:
        values = parse_config(file.read_bytes(), str(file))
    except FileNotFoundError:
        values = {}
    except OSError as err:
        raise ConfigError(f"{file} cannot be read: {err.strerror}") from err
    given = {key: value for key, value in (explicit or {}).items() if key in OPTION_KEYS}
    everything = {**values, **given}
    config = with_gears(ModelConfig(**everything), file, "max_batch_size" in everything)
    _refuse_contradiction(config, file)
    return config


def declared_tensors(
    content: bytes, label: str
) -> tuple[tuple[TensorSpec, ...], tuple[TensorSpec, ...]]:
    """Inputs and outputs of a velaserve.yaml that lies inside a model file.

    Raises:
        ConfigError: it is wrong.
    """
    config = ModelConfig(**parse_config(content, label))
    return config.inputs, config.outputs


def _refuse_contradiction(config: ModelConfig, file: Path) -> None:
    preferred = config.preferred_batch_size
    if preferred is not None and preferred > config.max_batch_size:
        raise ConfigError(
            f"{file}: preferred_batch_size {preferred} is over max_batch_size "
            f"{config.max_batch_size}; lower the one or raise the other"
        )
    largest = max(config.warmup_batch_sizes or (0,))
    if largest > config.max_batch_size:
        raise ConfigError(
            f"{file}: warmup_batch_sizes has {largest}, over max_batch_size "
            f"{config.max_batch_size}; lower the one or raise the other"
        )
