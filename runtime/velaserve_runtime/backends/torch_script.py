# SPDX-License-Identifier: Apache-2.0
"""A TorchScript module on any device: what it takes, what it gives, and how it is called."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from velaserve_runtime.backends.promise import TensorPromise
from velaserve_runtime.protocol.errors import LoadFailed, ModelFailed
from velaserve_runtime.repository.config import CONFIG_FILE, declared_tensors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.torch_api import (
        Torch,
        TorchOutput,
        TorchScriptModule,
        TorchTensor,
    )
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import TensorSpec

PLATFORM = "pytorch_libtorch"
Declared = tuple["Sequence[TensorSpec]", "Sequence[TensorSpec]"]
"""Inputs and outputs as a configuration has them; empty where it says nothing."""
_HINT = (
    "inputs: [{name: x, datatype: FP32, shape: [-1, 4]}] and outputs: [...] in the order of "
    "forward(); write them into velaserve.yaml"
)


class TorchScript:
    """A module and its tensors.

    TorchScript carries no names and shapes: they come from velaserve.yaml, beside the model or
    inside it (torch.jit.save's _extra_files).
    """

    def __init__(self, torch: Torch, file: Path, declared: Declared, device: str) -> None:
        """Reads a file onto a device.

        Raises:
            LoadFailed: it cannot be read, or does not say what it takes.
            Exception: of torch, which has no common base: it is of another kind, or the device
                does not take it.
        """
        # For the whole process: catch_warnings would race with other threads.
        warnings.filterwarnings("ignore", r"`?torch\.jit\.load`? is deprecated", Warning)
        embedded = {CONFIG_FILE: b""}
        self._torch = torch
        self._module = _read(torch, file, device, embedded)
        self.inputs, self.outputs = _tensors(file, declared, embedded[CONFIG_FILE])
        self._promise = TensorPromise(self.outputs, check_shapes=True)

    def run(self, inputs: Sequence[TorchTensor]) -> dict[str, TorchTensor]:
        """The outputs by name, on whichever device forward() left them.

        Raises:
            ModelFailed: there are more or fewer than declared.
            Exception: of torch, which has no common base.
        """
        with self._torch.inference_mode():
            return self._named(self._module(*inputs))

    def typed(self, spec: TensorSpec, tensor: TorchTensor) -> TorchTensor:
        """The tensor of an array, which has no BF16: there it holds the bits."""
        return tensor.view(self._torch.bfloat16) if spec.datatype == "BF16" else tensor

    def arrays(self, outputs: Mapping[str, TorchTensor]) -> Arrays:
        """Views of tensors that are on the CPU.

        Raises:
            ModelFailed: they are not what the model declares.
        """
        return self._promise.kept({name: self._array(value) for name, value in outputs.items()})

    def _array(self, tensor: TorchTensor) -> Array:
        if tensor.dtype == self._torch.bfloat16:
            tensor = tensor.contiguous().view(self._torch.uint16)
        return tensor.numpy()

    def _named(self, answer: TorchOutput) -> dict[str, TorchTensor]:
        if isinstance(answer, dict):
            return answer
        tensors = answer if isinstance(answer, tuple | list) else [answer]
        if len(tensors) != len(self.outputs):
            raise ModelFailed(
                f"forward() returned {len(tensors)} tensors, {len(self.outputs)} outputs are "
                "declared"
            )
        return {spec.name: value for spec, value in zip(self.outputs, tensors, strict=True)}


def reason(err: Exception) -> str:
    """The last line of TorchScript's many; the others are its own traceback."""
    lines = str(err).strip().splitlines()
    return lines[-1] if lines else type(err).__name__


def _read(torch: Torch, file: Path, device: str, embedded: dict[str, bytes]) -> TorchScriptModule:
    try:
        with file.open("rb"):
            module = torch.jit.load(str(file), map_location=device, _extra_files=embedded)
    except OSError as err:
        raise LoadFailed(f"{file} cannot be read: {err.strerror}") from err
    return module.eval()


def _tensors(
    file: Path, declared: Declared, embedded: bytes
) -> tuple[tuple[TensorSpec, ...], tuple[TensorSpec, ...]]:
    inside = declared_tensors(embedded, f"{file}!{CONFIG_FILE}")
    inputs = tuple(declared[0]) or inside[0]
    outputs = tuple(declared[1]) or inside[1]
    if not inputs or not outputs:
        raise LoadFailed(f"{file}: TorchScript does not say what it takes; needs {_HINT}")
    for spec in (*inputs, *outputs):
        if spec.datatype == "BYTES":
            raise LoadFailed(f"{file}: '{spec.name}' is BYTES, torch has no strings")
    return inputs, outputs
