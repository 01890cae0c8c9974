# SPDX-License-Identifier: Apache-2.0
"""Runs a model once with each batch size of warmup_batch_sizes, before anyone waits for it.

Unlike warm_up.py, which finds out what a model can, this is an order: what fails is not served.
"""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import LoadFailed, VelaserveError
from velaserve_runtime.repository.samples import make_sample, ones_for_free, refuse_misfit

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.model_config import ModelConfig


def warm_up_sizes(
    instance: ModelInstance, spec: ModelSpec, config: ModelConfig
) -> dict[str, float]:
    """Rows -> milliseconds of that run; free dimensions beside the first are a sample's, else 1.

    Raises:
        LoadFailed: the model has no batch dimension, or fails with one of the sizes.
    """
    sizes = sorted(set(config.warmup_batch_sizes or ()))
    if sizes and not any(tensor.shape[:1] == (-1,) for tensor in spec.inputs):
        raise LoadFailed(
            f"warmup_batch_sizes {sizes} needs an input with a free first dimension, the model has "
            + ", ".join(f"'{tensor.name}' {list(tensor.shape)}" for tensor in spec.inputs)
            + "; leave warmup_batch_sizes out"
        )
    sample = config.warm_up[0] if config.warm_up else {}
    refuse_misfit(spec.inputs, sample)
    sample = ones_for_free(spec.inputs, sample)
    return {
        str(rows): _run(instance, make_sample(spec.inputs, sample, rows), rows) for rows in sizes
    }


def _run(instance: ModelInstance, batch: Arrays, rows: int) -> float:
    begin_ns = monotonic_ns()
    try:
        instance.warm_up(batch)
    except VelaserveError as err:
        shapes = ", ".join(f"{name} {list(array.shape)}" for name, array in batch.items())
        raise LoadFailed(
            f"warm-up with {rows} rows ({shapes}) failed: {str(err).strip()}; take {rows} out of "
            "warmup_batch_sizes, or write a sample that the model takes into velaserve.yaml, as "
            "warm_up"
        ) from err
    return round((monotonic_ns() - begin_ns) / 1e6, 3)
