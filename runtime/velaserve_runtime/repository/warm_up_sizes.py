# SPDX-License-Identifier: Apache-2.0
"""Runs a model with each gear and each of warmup_batch_sizes, before anyone waits for it.

Unlike warm_up.py, which finds out what a model can, this is an order: what fails is not served.
"""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import DEVICE_ERRORS, LoadFailed, VelaserveError
from velaserve_runtime.repository.samples import make_sample, ones_for_free, refuse_misfit

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.model_config import ModelConfig, WarmUpSample

_TIMED_RUNS = 5
_LONGEST_TIMING_NS = 200_000_000


def warm_up_sizes(
    instance: ModelInstance, spec: ModelSpec, config: ModelConfig
) -> dict[str, float]:
    """Rows -> milliseconds of that run; free dimensions beside the first are a sample's, else 1.

    Raises:
        LoadFailed: the model has no batch dimension, or fails with one of the sizes.
        DeviceError: the device fails with one of the sizes.
    """
    if config.ordered_sizes and not any(tensor.shape[:1] == (-1,) for tensor in spec.inputs):
        raise _no_batch_dimension(spec, config)
    sample = _sample(spec, config)
    return {
        str(rows): _run(instance, make_sample(spec.inputs, sample, rows), rows)
        for rows in config.ordered_sizes
    }


def time_gears(instance: ModelInstance, spec: ModelSpec, config: ModelConfig) -> dict[int, int]:
    """Rows -> ns, for the gears of the model itself; the fastest of some runs after the first.

    Raises:
        VelaserveError: a run failed.
    """
    sample = _sample(spec, config)
    return {
        rows: _fastest_ns(instance, make_sample(spec.inputs, sample, rows)) for rows in spec.gears
    }


def _fastest_ns(instance: ModelInstance, batch: Arrays) -> int:
    runs_ns: list[int] = []
    while len(runs_ns) < _TIMED_RUNS and sum(runs_ns) < _LONGEST_TIMING_NS:
        begin_ns = monotonic_ns()
        instance.execute(batch)
        runs_ns.append(monotonic_ns() - begin_ns)
    return min(runs_ns)


def _sample(spec: ModelSpec, config: ModelConfig) -> WarmUpSample:
    sample = config.warm_up[0] if config.warm_up else {}
    refuse_misfit(spec.inputs, sample)
    return ones_for_free(spec.inputs, sample)


def _no_batch_dimension(spec: ModelSpec, config: ModelConfig) -> LoadFailed:
    option = "gears_batch" if config.gears_batch else "warmup_batch_sizes"
    shapes = ", ".join(f"'{tensor.name}' {list(tensor.shape)}" for tensor in spec.inputs)
    return LoadFailed(
        f"{option} {list(config.ordered_sizes)} needs an input with a free first dimension, the "
        f"model has {shapes}; leave {option} out"
    )


def _run(instance: ModelInstance, batch: Arrays, rows: int) -> float:
    begin_ns = monotonic_ns()
    try:
        instance.warm_up(batch)
    except DEVICE_ERRORS as err:
        raise type(err)(f"warm-up with {rows} rows failed: {err}") from err
    except VelaserveError as err:
        shapes = ", ".join(f"{name} {list(array.shape)}" for name, array in batch.items())
        raise LoadFailed(
            f"warm-up with {rows} rows ({shapes}) failed: {str(err).strip()}; take {rows} out of "
            "warmup_batch_sizes or gears_batch, or write a sample that the model takes into "
            "velaserve.yaml, as warm_up"
        ) from err
    return round((monotonic_ns() - begin_ns) / 1e6, 3)
