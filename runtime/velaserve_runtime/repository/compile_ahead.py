# SPDX-License-Identifier: Apache-2.0
"""Compiles a model into the cache that serving it finds: by the same instance, warmed up alike."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend.compile_record import CompileRecord
from velaserve_runtime.backends.ascend.onnx_cann import CACHE
from velaserve_runtime.backends.registry import open_instance
from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.repository.samples import (
    make_sample,
    ones_for_free,
    refuse_misfit,
    unknown_shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.backends.registry import BackendSettings
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.model_config import ModelConfig

COMPILED_FORMATS = ("onnx",)
"""The others bring what runs with them: an offline model was compiled by ATC."""


class Gear(NamedTuple):
    """One shape of the inputs, ready to be served."""

    shapes: str
    seconds: float
    from_cache: bool


def compile_ahead(
    source: VersionSource, config: ModelConfig, settings: BackendSettings
) -> Iterator[Gear]:
    """Each gear with each sample of velaserve.yaml, as it gets ready.

    Raises:
        VelaserveError: the model cannot be compiled, or the device is to blame.
    """
    instance = open_instance(source, config, settings)
    try:
        spec = instance.load()
        for batch in _batches(spec, config):
            yield _compile(instance, spec, batch)
    finally:
        instance.close()


def _batches(spec: ModelSpec, config: ModelConfig) -> Iterator[Arrays]:
    for sample in config.warm_up or ({},):
        refuse_misfit(spec.inputs, sample)
        unknown = unknown_shape(spec.inputs, sample)
        if unknown is not None:
            raise ConfigError(
                f"input '{unknown.name}' has free dimensions {list(unknown.shape)}; give the sizes "
                f"to compile for in velaserve.yaml, as in warm_up: "
                f"[{{{unknown.name}: {{shape: [1, ...]}}}}]"
            )
        full = ones_for_free(spec.inputs, sample)
        for rows in spec.gears or (None,):
            yield make_sample(spec.inputs, full, rows)


def _compile(instance: ModelInstance, spec: ModelSpec, batch: Arrays) -> Gear:
    folder = Path(spec.placement[CACHE])
    shapes = tuple(batch[each.name].shape for each in spec.inputs)
    before = CompileRecord.read(folder).compiled.get(shapes)
    begin_s = monotonic()
    instance.warm_up(batch)
    seconds = monotonic() - begin_s
    after = CompileRecord.read(folder).compiled.get(shapes)
    return Gear(
        ", ".join(f"{each.name} {list(batch[each.name].shape)}" for each in spec.inputs),
        seconds,
        from_cache=before == after,
    )
