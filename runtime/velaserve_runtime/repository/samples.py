# SPDX-License-Identifier: Apache-2.0
"""Makes up inputs for warm-up: the same ones each time, and no two rows alike."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import ConfigError
from velaserve_runtime.repository.model_config import SampleTensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import Shape, TensorSpec
    from velaserve_runtime.repository.model_config import WarmUpSample

_SEED = 20
_WORDS = np.array([b"a", b"b", b"velaserve"], np.object_)


def unknown_shape(specs: Iterable[TensorSpec], sample: WarmUpSample) -> TensorSpec | None:
    """The first input whose shape can be made up neither from the model nor from the sample."""
    return next((s for s in specs if -1 in s.shape[1:] and s.name not in sample), None)


def refuse_misfit(specs: Sequence[TensorSpec], sample: WarmUpSample) -> None:
    """Raises: ConfigError when the sample is of another model."""
    known = {spec.name: spec for spec in specs}
    for name, tensor in sample.items():
        spec = known.get(name)
        if spec is None:
            raise ConfigError(
                f"warm_up in velaserve.yaml names the input '{name}', the model has "
                + ", ".join(known)
            )
        if not spec.accepts(tensor.shape):
            raise ConfigError(
                f"warm_up in velaserve.yaml gives '{name}' the shape {list(tensor.shape)}, the "
                f"model expects {list(spec.shape)} (-1 is any size)"
            )


def ones_for_free(specs: Iterable[TensorSpec], sample: WarmUpSample) -> WarmUpSample:
    """The sample, and 1 for each free dimension that neither it nor the model gives."""
    missing = {
        spec.name: SampleTensor(tuple(abs(size) for size in spec.shape))
        for spec in specs
        if -1 in spec.shape and spec.name not in sample
    }
    return {**missing, **sample}


def make_sample(specs: Iterable[TensorSpec], sample: WarmUpSample, rows: int | None) -> Arrays:
    """One batch; `rows` for a free first dimension, None: as the sample says, else 1."""
    rng = np.random.default_rng(_SEED)
    batch: Arrays = {}
    for spec in specs:
        shape = _shape(spec, sample, rows)
        zero = spec.name in sample and sample[spec.name].data == "zero"
        batch[spec.name] = _zeros(spec, shape) if zero else _random(spec, shape, rng)
    return batch


def row_bytes(specs: Iterable[TensorSpec], sample: WarmUpSample) -> int:
    """Bytes of one row over all inputs; an element of BYTES counts 8."""
    return sum(
        math.prod(_shape(spec, sample, 1)) * (DATATYPES[spec.datatype].size_bytes or 8)
        for spec in specs
    )


def _shape(spec: TensorSpec, sample: WarmUpSample, rows: int | None) -> Shape:
    shape = sample[spec.name].shape if spec.name in sample else spec.shape
    if spec.shape[:1] != (-1,):
        return shape
    first = rows if rows is not None else abs(shape[0])
    return (first, *shape[1:])


def _zeros(spec: TensorSpec, shape: Shape) -> Array:
    if spec.datatype == "BYTES":
        return np.full(shape, b"", np.object_)
    return np.zeros(shape, DATATYPES[spec.datatype].dtype)


def _random(spec: TensorSpec, shape: Shape, rng: np.random.Generator) -> Array:
    """Floats from 0 to 1; integers 0 and 1, which index any table; short words."""
    datatype = DATATYPES[spec.datatype]
    if datatype.name == "BF16":
        bits = rng.random(shape, np.float32).view(np.uint32) >> 16
        return np.asarray(bits, np.uint16)
    if datatype.is_float:
        return np.asarray(rng.random(shape), datatype.dtype)
    numbers = np.asarray(rng.integers(0, 2, shape))
    if numbers.ndim and numbers.size:
        numbers.reshape(shape[0], -1)[:, 0] = np.arange(shape[0]) % 2
    return _WORDS[numbers] if datatype.name == "BYTES" else numbers.astype(datatype.dtype)
