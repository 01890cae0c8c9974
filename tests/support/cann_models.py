# SPDX-License-Identifier: Apache-2.0
"""ONNX models that the simulator of CANN compiles, written and opened as the server does."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import numpy as np

from support.offline_models import BIAS, WEIGHTS
from support.onnx_graphs import Graph
from velaserve_runtime.backends.geared import GearedInstance
from velaserve_runtime.backends.registry import BackendSettings, open_instance
from velaserve_runtime.repository.layout import scan_model
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_runtime.backends.process.instance import ProcessInstance
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

GEARS = (1, 2, 4)


def dense(weights: Array = WEIGHTS, operator: str = "Relu") -> bytes:
    """y = operator(x W + b): float32[N, 4] -> float32[N, 3]."""
    return (
        Graph(x=("FP32", (None, 4)))
        .constant("w", weights)
        .constant("b", BIAS)
        .node("MatMul", "x w", "t")
        .node("Add", "t b", "u")
        .node(operator, "u", "y")
        .output("y", "FP32", (None, 3))
        .build()
    )


def write(folder: Path, model: bytes) -> Path:
    """`folder` itself, with the model in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model)
    return folder


def rows(count: int, columns: int = 4) -> Array:
    return np.random.default_rng(count).random((count, columns), np.float32) - 0.5


@dataclasses.dataclass(frozen=True)
class Cann:
    """How a test opens models on the simulator."""

    cache: Path
    strict: bool = True
    max_bytes: int | None = None
    """Of the cache."""

    def open(self, folder: Path, config: ModelConfig | None = None) -> ProcessInstance:
        """In a process of its own, not loaded, without the GearedInstance around it."""
        policy = "strict" if self.strict else "fallback"
        settings = BackendSettings(
            device="ascend",
            fallback_policy=policy,
            compile_cache_dir=str(self.cache),
            compile_cache_max_bytes=self.max_bytes,
        )
        source = scan_model(folder, folder.name)[-1]
        geared = open_instance(source, config or ModelConfig(gears_batch=GEARS), settings)
        assert isinstance(geared, GearedInstance)
        return cast("ProcessInstance", geared._instance)

    @contextmanager
    def loaded(
        self, folder: Path, config: ModelConfig | None = None
    ) -> Iterator[tuple[ProcessInstance, ModelSpec]]:
        instance = self.open(folder, config)
        try:
            yield instance, instance.load()
        finally:
            instance.close()

    def answers(self, folder: Path, x: Array, config: ModelConfig | None = None) -> Array:
        """What a server answers that was started just now."""
        with self.loaded(folder, config) as (instance, _):
            instance.warm_up({"x": x})
            return instance.execute({"x": x})["y"]
