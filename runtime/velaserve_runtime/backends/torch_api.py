# SPDX-License-Identifier: Apache-2.0
"""The part of torch that is used; torch is an extra that few checkouts install."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from velaserve_runtime.protocol.datatypes import Array


class TorchDtype(Protocol):
    """An element type, such as torch.float32."""


class TorchTensor(Protocol):
    """A tensor on any device; only one on the CPU has a numpy view."""

    dtype: TorchDtype
    shape: tuple[int, ...]

    def contiguous(self) -> TorchTensor: ...

    def view(self, dtype: TorchDtype, /) -> TorchTensor: ...

    def numpy(self) -> Array: ...

    def to(self, device: str, /, *, non_blocking: bool) -> TorchTensor: ...

    def copy_(self, source: TorchTensor, /, *, non_blocking: bool) -> TorchTensor: ...


TorchOutput = (
    TorchTensor | list["TorchTensor"] | tuple["TorchTensor", ...] | dict[str, "TorchTensor"]
)


class TorchScriptModule(Protocol):
    """A module made by torch.jit."""

    def __call__(self, *inputs: TorchTensor) -> TorchOutput: ...

    def eval(self) -> TorchScriptModule: ...


class TorchJit(Protocol):
    """torch.jit."""

    def load(
        self, file: str, *, map_location: str, _extra_files: dict[str, bytes]
    ) -> TorchScriptModule: ...


class Torch(Protocol):
    """The module."""

    __version__: str
    jit: TorchJit
    bfloat16: TorchDtype
    uint16: TorchDtype

    def empty(
        self, shape: tuple[int, ...], /, *, dtype: TorchDtype, pin_memory: bool
    ) -> TorchTensor: ...

    def from_numpy(self, array: Array, /) -> TorchTensor: ...

    def inference_mode(self) -> AbstractContextManager[object]: ...

    def set_num_threads(self, threads: int, /) -> None: ...


def import_torch() -> Torch:
    """Without the backends that torch would import by itself.

    torch_npu is one, and lacks CANN's libraries on a machine without NPUs: `import torch` would
    fail there, for models on the CPU, too.

    Raises:
        ImportError: without the extra `torch`.
    """
    os.environ["TORCH_DEVICE_BACKEND_AUTOLOAD"] = "0"
    return cast("Torch", importlib.import_module("torch"))
