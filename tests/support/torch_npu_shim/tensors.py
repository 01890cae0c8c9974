# SPDX-License-Identifier: Apache-2.0
"""Tensors of a pretended NPU: torch takes them for another device's, and computes on the CPU.

Only what goes through here computes with them: a tensor that was not moved meets one that was as it
does with torch_npu, and nothing of them can be read but by a copy. Copies that do not block are
done when their stream is synchronized, and not before.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import torch
from torch.utils._pytree import tree_map_only

from support.torch_npu_shim.script import SCRIPT, error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_memory: dict[int, Any] = {}
"""Storage -> its bytes, as a flat tensor: views and what torch.jit.load makes of one share it."""
pinned: set[int] = set()
"""Storages of the CPU from which the device copies by itself."""


class DeviceStream:
    """What waits for its synchronization."""

    def __init__(self) -> None:
        self.pending: list[Callable[[], object]] = []

    def synchronize(self) -> None:
        pending, self.pending = self.pending, []
        SCRIPT.called("synchronize")
        for copy in pending:
            copy()


class _Here(threading.local):
    device: int | None = None
    stream = DeviceStream()


here = _Here()
"""The thread's own."""


class NpuTensor(torch.Tensor):  # type: ignore[misc]  # torch is seen as Any
    """One on npu:0."""

    @staticmethod
    def __new__(cls: type[NpuTensor], values: Any) -> Any:
        with torch.inference_mode(mode=False):  # torch itself decides whether it is a view
            return torch.Tensor._make_wrapper_subclass(
                cls,
                values.shape,
                strides=values.stride(),
                storage_offset=values.storage_offset(),
                dtype=values.dtype,
                device=torch.device("npu", 0),
            )

    def __init__(self, values: Any) -> None:
        size = values.untyped_storage().nbytes() // values.itemsize
        _memory[self.untyped_storage()._cdata] = values.as_strided((size,), (1,), 0)

    def values(self) -> Any:
        """Its memory, as a tensor on the CPU."""
        flat = _memory[self.untyped_storage()._cdata]
        return flat.as_strided(self.size(), self.stride(), self.storage_offset())

    @classmethod
    def __torch_dispatch__(
        cls,
        func: Any,
        _types: Any,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if func._can_decompose():
            return func.decompose(*args, **kwargs or {})
        if func is torch.ops.aten.copy_.default:
            return _copy(*args, **kwargs or {})
        return _compute(func, args, dict(kwargs or {}))


def _compute(func: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    _refuse_without_device()
    SCRIPT.called(func._schema.name.removeprefix("aten::"))
    _refuse_mixed([*args, *kwargs.values()])
    on_npu = torch.device(kwargs.get("device") or "npu").type == "npu"
    if "device" in kwargs:
        kwargs["device"] = torch.device("cpu")
    outputs = func(
        *tree_map_only(NpuTensor, NpuTensor.values, args),
        **tree_map_only(NpuTensor, NpuTensor.values, kwargs),
    )
    if func._schema.is_mutable:
        return kwargs.get("out", args[0])
    return tree_map_only(torch.Tensor, NpuTensor, outputs) if on_npu else outputs


def _copy(to: Any, source: Any, non_blocking: bool = False) -> Any:
    _refuse_without_device()
    if not isinstance(source, NpuTensor):
        SCRIPT.called("copy_to_device", _kind(source))
        to.values().copy_(source)
    elif isinstance(to, NpuTensor):
        SCRIPT.called("copy_on_device")
        to.values().copy_(source.values())
    else:
        SCRIPT.called("copy_to_host", _kind(to))
        _copy_to_host(to, source, non_blocking)
    return to


def _copy_to_host(to: Any, source: NpuTensor, non_blocking: bool) -> None:
    if not non_blocking:
        to.copy_(source.values())
        return
    to.reshape(-1).view(torch.uint8).fill_(0x55)  # what is read too early is wrong
    if not SCRIPT.queue_ended:
        here.stream.pending.append(lambda: to.copy_(source.values()))


def _kind(host: Any) -> str:
    return "pinned" if host.untyped_storage()._cdata in pinned else "pageable"


def _refuse_without_device() -> None:
    if here.device is None:
        raise SCRIPT.error(error_text("aclrtGetCurrentContext", 107002))


def _refuse_mixed(arguments: Sequence[Any]) -> None:
    for each in arguments:
        if isinstance(each, torch.Tensor) and not isinstance(each, NpuTensor) and each.dim() > 0:
            raise SCRIPT.error(
                "Expected all tensors to be on the same device. Expected NPU tensor, please check "
                "whether the input tensor device is correct.\n"
                "[ERROR] 2026-11-20-10:00:00 (PID:7, Device:0, RankID:-1) ERR01002 OPS invalid type"
            )


@torch.library.impl("aten::empty.memory_format", "PrivateUse1")  # type: ignore[untyped-decorator]
def _empty(size: Sequence[int], dtype: Any = None, **_options: object) -> NpuTensor:
    return NpuTensor(torch.empty(size, dtype=dtype))


@torch.library.impl("aten::empty_strided", "PrivateUse1")  # type: ignore[untyped-decorator]
def _empty_strided(
    size: Sequence[int], stride: Sequence[int], dtype: Any = None, **_options: object
) -> NpuTensor:
    return NpuTensor(torch.empty_strided(size, stride, dtype=dtype))
