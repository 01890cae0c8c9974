# SPDX-License-Identifier: Apache-2.0
"""torch_npu.npu, as far as it is used, over pretended tensors."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

from support.torch_npu_shim.script import SCRIPT, error_text
from support.torch_npu_shim.tensors import DeviceStream, here, pinned

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: str = torch.__version__.partition("+")[0]
"""That of the torch_npu which is made for this torch."""


class Npu:
    """The module."""

    def __init__(self) -> None:
        self.config = _Config()

    def Stream(self, device: str) -> DeviceStream:  # noqa: N802  a class there
        SCRIPT.called("Stream", device)
        return DeviceStream()

    def set_compile_mode(self, *, jit_compile: bool) -> None:
        SCRIPT.called("set_compile_mode", f"{jit_compile=}")

    def device_count(self) -> int:
        SCRIPT.called("device_count")
        if SCRIPT.devices == 0:
            warnings.warn("Can't get ascend_hal device count", stacklevel=2)
        return SCRIPT.devices

    def set_device(self, device_id: int) -> None:
        SCRIPT.called("set_device", device_id)
        if device_id >= SCRIPT.devices:
            raise RuntimeError(error_text("c10_npu::SetDevice(device_id_)", 107001))
        here.device = device_id

    def get_device_name(self, device_id: int) -> str:
        SCRIPT.called("get_device_name", device_id)
        return "Ascend910B4"

    def mem_get_info(self, device_id: int) -> tuple[int, int]:
        SCRIPT.called("mem_get_info", device_id)
        return SCRIPT.memory_bytes

    def empty_cache(self) -> None:
        SCRIPT.called("empty_cache")

    @contextmanager
    def stream(self, stream: DeviceStream) -> Iterator[None]:
        before, here.stream = here.stream, stream
        try:
            yield
        finally:
            here.stream = before

    # What torch itself asks of a backend.
    def current_device(self) -> int:
        return here.device or 0

    def is_initialized(self) -> bool:
        return True

    is_available = is_initialized

    def _is_in_bad_fork(self) -> bool:
        return False


class _Config:
    def __setattr__(self, name: str, value: object) -> None:
        SCRIPT.called(name, value)


def empty(*size: Any, pin_memory: bool = False, **options: Any) -> Any:
    """torch.empty where a backend provides pinned memory."""
    if pin_memory and not SCRIPT.can_pin:
        raise RuntimeError("Cannot access accelerator device when none is available.")
    tensor = _empty(*size, **options)
    if pin_memory:
        pinned.add(tensor.untyped_storage()._cdata)
    return tensor


class _Module:
    """A TorchScript module that tells the errors of its operators, as it does those of C++."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def eval(self) -> _Module:
        self._module.eval()
        return self

    def __call__(self, *inputs: Any) -> Any:
        SCRIPT.raised = ""
        try:
            return self._module(*inputs)
        except RuntimeError as err:
            raise RuntimeError(f"{str(err).rstrip()} {SCRIPT.raised}") from err


def jit_load(*arguments: Any, **options: Any) -> _Module:
    """torch.jit.load for such modules."""
    return _Module(_jit_load(*arguments, **options))


_empty = torch.empty
_jit_load = torch.jit.load
npu = Npu()
_setup_privateuseone_for_python_backend("npu", backend_module=npu)
