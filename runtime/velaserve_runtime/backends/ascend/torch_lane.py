# SPDX-License-Identifier: Apache-2.0
"""One stream of an NPU, for one batch at a time."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.backends.ascend.torch_npu_errors import RESTART
from velaserve_runtime.protocol.errors import DeviceLost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.backends.ascend.torch_npu_api import Npu
    from velaserve_runtime.backends.torch_api import Torch, TorchTensor
    from velaserve_runtime.protocol.datatypes import Array

_ARRIVED, _NOT_YET = 1, 0


class Lane:
    """A stream, copies to the device and back in it, and the proof that they were done.

    When an operator fails in torch_npu's task queue, one thread is told so. Whatever any thread
    gives the queue from then on is dropped without a word (Repository::Enqueue in NPUQueue.cpp),
    and its tensors hold what was in their memory before. So each batch ends with a copy of a
    constant: it arrives if, and only if, all that came before it was taken.
    """

    def __init__(self, torch: Torch, npu: Npu, device_id: int) -> None:
        """Makes it in the calling thread; others may use it, too, one at a time."""
        self.device = f"npu:{device_id}"
        self._torch = torch
        self._npu = npu
        self._device_id = device_id
        npu.set_device(device_id)
        self._stream = npu.Stream(device=self.device)
        self.is_pinned = _can_pin(torch)
        self._on_their_way: list[TorchTensor] = []
        constant = torch.from_numpy(np.array([_ARRIVED], np.int32))
        self._constant = constant.to(self.device, non_blocking=False)
        self._proof = self.host_copy(np.array([_NOT_YET], np.int32))

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What is done inside is done on the device when this ends.

        Raises:
            DeviceLost: some of it was dropped.
            RuntimeError: of torch_npu, for what failed only on the device.
        """
        self._npu.set_device(self._device_id)
        self._proof.numpy()[0] = _NOT_YET
        try:
            with self._npu.stream(self._stream):
                yield
                self._proof.copy_(self._constant, non_blocking=True)
            self._stream.synchronize()
        except BaseException:
            self._wait()
            raise
        finally:
            self._on_their_way.clear()
        if self._proof.numpy()[0] != _ARRIVED:
            raise DeviceLost(f"{RESTART}: this batch was dropped, after an error of an earlier one")

    def host_copy(self, array: Array) -> TorchTensor:
        """A tensor on the CPU, from where copies to the device are fastest."""
        dtype = self._torch.from_numpy(np.empty(0, array.dtype)).dtype
        host = self._torch.empty(array.shape, dtype=dtype, pin_memory=self.is_pinned)
        np.copyto(host.numpy(), array, casting="no")
        return host

    def to_device(self, host: TorchTensor) -> TorchTensor:
        """Inside `batch`."""
        self._on_their_way.append(host)
        return host.to(self.device, non_blocking=True)

    def to_host(self, tensor: TorchTensor) -> TorchTensor:
        """Inside `batch`; holds the values when that has ended."""
        host = self._torch.empty(tuple(tensor.shape), dtype=tensor.dtype, pin_memory=self.is_pinned)
        self._on_their_way.append(host)
        return host.copy_(tensor, non_blocking=True)

    def _wait(self) -> None:
        """Memory that is still copied from or to must not be given back."""
        with suppress(RuntimeError):  # the failure itself is told by another one
            self._stream.synchronize()


def _can_pin(torch: Torch) -> bool:
    try:
        torch.empty((1,), dtype=torch.uint16, pin_memory=True)
    except RuntimeError:
        return False
    return True
