# SPDX-License-Identifier: Apache-2.0
"""The part of torch_npu that is used; its wheel cannot be imported without CANN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class NpuStream(Protocol):
    """torch_npu.npu.Stream: what is queued in it runs in order."""

    def synchronize(self) -> None:
        """Waits for all of it, and raises what failed of it."""
        ...


class NpuConfig(Protocol):
    """torch_npu.npu.config."""

    allow_internal_format: bool


class Npu(Protocol):
    """torch_npu.npu, which is torch.npu, too: one process, one current device for each thread."""

    config: NpuConfig

    def set_compile_mode(self, *, jit_compile: bool) -> None: ...

    def device_count(self) -> int: ...

    def set_device(self, device_id: int, /) -> None: ...

    def get_device_name(self, device_id: int, /) -> str: ...

    def mem_get_info(self, device_id: int, /) -> tuple[int, int]:
        """Bytes: free, total."""
        ...

    def empty_cache(self) -> None: ...

    def Stream(self, device: str) -> NpuStream: ...  # noqa: N802  a class there

    def stream(self, stream: NpuStream, /) -> AbstractContextManager[object]: ...


class TorchNpuModule(Protocol):
    """The module."""

    __version__: str
    __file__: str
    npu: Npu
