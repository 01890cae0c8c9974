# SPDX-License-Identifier: Apache-2.0
"""TorchScript models on torch's CPU device."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.promise import TensorPromise
from velaserve_runtime.backends.torch_api import import_torch
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed
from velaserve_runtime.protocol.tensors import ModelSpec
from velaserve_runtime.repository.config import CONFIG_FILE, declared_tensors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.torch_api import TorchOutput, TorchScriptModule, TorchTensor
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import TensorSpec

PLATFORM = "pytorch_libtorch"
LOG = logging.getLogger(__name__)
_HINT = (
    "inputs: [{name: x, datatype: FP32, shape: [-1, 4]}] and outputs: [...] in the order of "
    "forward(); write them into velaserve.yaml"
)


class TorchCpuInstance:
    """A ModelInstance around one TorchScript module.

    TorchScript carries no names and shapes: they come from velaserve.yaml, beside the model or
    inside it (torch.jit.save's _extra_files).
    """

    def __init__(
        self, file: Path, threads: int, declared: tuple[Sequence[TensorSpec], Sequence[TensorSpec]]
    ) -> None:
        self._file = file
        self._threads = threads
        self._declared = declared
        self._torch = import_torch()
        self._module: TorchScriptModule | None = None

    def load(self) -> ModelSpec:
        # For the whole process: catch_warnings would race with other threads.
        warnings.filterwarnings("ignore", r"`?torch\.jit\.load`? is deprecated", Warning)
        embedded = {CONFIG_FILE: b""}
        self._torch.set_num_threads(self._threads)
        module = self._open(embedded)
        inputs, outputs = self._tensors(embedded[CONFIG_FILE])
        spec = ModelSpec(
            inputs,
            outputs,
            PLATFORM,
            {"device": "cpu", "intra_op_threads": str(self._threads)},
        )
        self._spec = spec
        self._promise = TensorPromise(outputs, check_shapes=True)
        self._module = module
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        try:
            # The first run is profiled, the second one compiled: 150 and 80 ms of a model that
            # then takes 0.6.
            self.execute(sample)
            return self.execute(sample)
        except ModelFailed as err:
            raise LoadFailed(f"{self._file}: {err}") from err

    def execute(self, batch: Arrays) -> Arrays:
        if self._module is None:
            raise ModelFailed(f"{self._file} is not loaded")
        try:
            inputs = [self._to_tensor(spec, batch[spec.name]) for spec in self._spec.inputs]
            with self._torch.inference_mode():
                answer = self._module(*inputs)
        except Exception as err:  # torch raises RuntimeError and others of no common base
            LOG.error("%s: forward raised", self._file, exc_info=err)
            raise ModelFailed(f"torch: {_reason(err)}") from err
        named = self._named(answer)
        return self._promise.kept({name: self._to_array(value) for name, value in named.items()})

    def cancel(self) -> None:
        """TorchScript cannot be interrupted; use the executor `process` for that."""

    def close(self) -> None:
        self._module = None

    def _open(self, embedded: dict[str, bytes]) -> TorchScriptModule:
        try:
            with self._file.open("rb"):
                module = self._torch.jit.load(
                    str(self._file), map_location="cpu", _extra_files=embedded
                )
        except OSError as err:
            raise LoadFailed(f"{self._file} cannot be read: {err.strerror}") from err
        except Exception as err:  # torch raises RuntimeError and others of no common base
            raise LoadFailed(f"{self._file} is not a TorchScript file: {_reason(err)}") from err
        return module.eval()

    def _tensors(self, embedded: bytes) -> tuple[tuple[TensorSpec, ...], tuple[TensorSpec, ...]]:
        inside = declared_tensors(embedded, f"{self._file}!{CONFIG_FILE}")
        inputs = tuple(self._declared[0]) or inside[0]
        outputs = tuple(self._declared[1]) or inside[1]
        if not inputs or not outputs:
            raise LoadFailed(f"{self._file}: TorchScript does not say what it takes; needs {_HINT}")
        for spec in (*inputs, *outputs):
            if spec.datatype == "BYTES":
                raise LoadFailed(f"{self._file}: '{spec.name}' is BYTES, torch has no strings")
        return inputs, outputs

    def _to_tensor(self, spec: TensorSpec, array: Array) -> TorchTensor:
        """Copied when read-only: torch has no such tensors, and forward() may write into one."""
        tensor = self._torch.from_numpy(np.require(array, requirements=["C", "W"]))
        return tensor.view(self._torch.bfloat16) if spec.datatype == "BF16" else tensor

    def _to_array(self, tensor: TorchTensor) -> Array:
        """Copied: forward() may return its input, a weight, or one storage twice."""
        if tensor.dtype == self._torch.bfloat16:
            tensor = tensor.contiguous().view(self._torch.uint16)
        return np.array(tensor.numpy(), order="C", copy=True)

    def _named(self, answer: TorchOutput) -> dict[str, TorchTensor]:
        if isinstance(answer, dict):
            return answer
        tensors = answer if isinstance(answer, tuple | list) else [answer]
        if len(tensors) != len(self._spec.outputs):
            raise ModelFailed(
                f"forward() returned {len(tensors)} tensors, "
                f"{len(self._spec.outputs)} outputs are declared"
            )
        return {spec.name: value for spec, value in zip(self._spec.outputs, tensors, strict=True)}


def _reason(err: Exception) -> str:
    """The last line of TorchScript's many; the others are its own traceback."""
    lines = str(err).strip().splitlines()
    return lines[-1] if lines else type(err).__name__
