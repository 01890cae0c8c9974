# SPDX-License-Identifier: Apache-2.0
"""The part of torch that is used; torch is an extra that few checkouts install."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from velaserve_runtime.protocol.datatypes import Array


class TorchDtype(Protocol):
    """An element type, such as torch.float32."""


class TorchTensor(Protocol):
    """A tensor on the CPU."""

    dtype: TorchDtype

    def contiguous(self) -> TorchTensor: ...

    def view(self, dtype: TorchDtype, /) -> TorchTensor: ...

    def numpy(self) -> Array: ...


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

    jit: TorchJit
    bfloat16: TorchDtype
    uint16: TorchDtype

    def from_numpy(self, array: Array, /) -> TorchTensor: ...

    def inference_mode(self) -> AbstractContextManager[object]: ...

    def set_num_threads(self, threads: int, /) -> None: ...


def import_torch() -> Torch:
    """Raises: ImportError without the extra `torch`."""
    return cast("Torch", importlib.import_module("torch"))
