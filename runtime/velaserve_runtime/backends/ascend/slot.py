# SPDX-License-Identifier: Apache-2.0
"""A slot: what one batch needs on its way through a device, allocated once."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

import numpy as np

from velaserve_runtime.protocol.datatypes import DATATYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from velaserve_runtime.backends.ascend.handles import Handles
    from velaserve_runtime.backends.ascend.model_description import ModelDescription
    from velaserve_runtime.backends.ascend.model_gears import Gear
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import Shape, TensorSpec

_HUGE_FIRST = 0
_TO_DEVICE, _TO_HOST = 1, 2


class Slot:
    """Pinned host memory, device memory and a stream; several of them overlap.

    `fill` and `collect` may be called in any thread, the others in the device's.
    """

    def __init__(self, handles: Handles, model: int, description: ModelDescription) -> None:
        """Raises: AscendError."""
        self._acl = handles.acl
        self._model = model
        self._description = description
        self._inputs = _Buffers(handles, description.input_bytes)
        self._outputs = _Buffers(handles, description.output_bytes)
        self.computed = handles.make("aclrtCreateEvent", "aclrtDestroyEvent")
        # Last, so that it ends first: what still runs in it uses all the others.
        self._stream = handles.make("aclrtCreateStream", "aclrtDestroyStream")
        self._is_late = False

    @property
    def inputs(self) -> int:
        """The dataset in which a gear is set."""
        return self._inputs.dataset

    def fill(self, batch: Arrays, gear: Gear) -> None:
        """Copies a batch of exactly this gear into the pinned memory."""
        arrays = self._inputs.arrays(self._description.inputs, gear.inputs)
        for spec, array in zip(self._description.inputs, arrays, strict=True):
            np.copyto(array, batch[spec.name], casting="no")

    def submit(self, gear: Gear, after: int | None, timeout_ms: int) -> None:
        """Queues copy in, computing and copy out; no two slots compute at the same time.

        Args:
            after: the event of the batch that computes before this one.

        Raises:
            AscendError: among others while the slot's last batch still runs on after a time-out.
        """
        if self._is_late:
            self.wait(timeout_ms)
        inputs = _sizes(self._description.inputs, gear.inputs)
        self._copy(self._inputs, inputs, _TO_DEVICE)
        if after is not None:
            self._acl.do("aclrtStreamWaitEvent", self._stream, after)
        datasets = (self._inputs.dataset, self._outputs.dataset)
        self._acl.do("aclmdlExecuteAsync", self._model, *datasets, self._stream)
        self._acl.do("aclrtRecordEvent", self.computed, self._stream)
        outputs = _sizes(self._description.outputs, gear.outputs)
        self._copy(self._outputs, outputs, _TO_HOST)

    def wait(self, timeout_ms: int) -> None:
        """Returns when the batch is back. Raises: AscendError, also for what failed on the way."""
        self._is_late = True
        self._acl.do("aclrtSynchronizeStreamWithTimeout", self._stream, timeout_ms)
        self._is_late = False

    def collect(self, gear: Gear) -> Arrays:
        """The outputs, as arrays of their own."""
        arrays = self._outputs.arrays(self._description.outputs, gear.outputs)
        return {
            spec.name: array.copy()
            for spec, array in zip(self._description.outputs, arrays, strict=True)
        }

    def _copy(self, buffers: _Buffers, sizes: Iterable[int], kind: int) -> None:
        for device, host, size in zip(buffers.device, buffers.host, sizes, strict=False):
            to, source = (device, host) if kind == _TO_DEVICE else (host, device)
            self._acl.do("aclrtMemcpyAsync", to, size, source, size, kind, self._stream)


class _Buffers:
    """Memory on both sides for the largest gear, and the dataset over the device's."""

    def __init__(self, handles: Handles, sizes: Sequence[int]) -> None:
        self.device = [
            handles.make("aclrtMalloc", "aclrtFree", ctypes.c_size_t(size), _HUGE_FIRST)
            for size in sizes
        ]
        self.host = [
            handles.make("aclrtMallocHost", "aclrtFreeHost", ctypes.c_size_t(size))
            for size in sizes
        ]
        self._views = [
            np.ctypeslib.as_array((ctypes.c_ubyte * size).from_address(address))
            for address, size in zip(self.host, sizes, strict=True)
        ]
        self.dataset = handles.create("aclmdlCreateDataset", "aclmdlDestroyDataset")
        for address, size in zip(self.device, sizes, strict=True):
            buffer = handles.create("aclCreateDataBuffer", "aclDestroyDataBuffer", address, size)
            handles.acl.do("aclmdlAddDatasetBuffer", self.dataset, buffer)

    def arrays(self, specs: Sequence[TensorSpec], shapes: Sequence[Shape]) -> list[Array]:
        """The pinned memory, as arrays of these shapes."""
        sizes = _sizes(specs, shapes)
        return [
            view[:size].view(DATATYPES[spec.datatype].dtype).reshape(shape)
            for view, size, spec, shape in zip(self._views, sizes, specs, shapes, strict=False)
        ]


def _sizes(specs: Sequence[TensorSpec], shapes: Sequence[Shape]) -> list[int]:
    """Bytes of each tensor."""
    return [
        math.prod(shape) * DATATYPES[spec.datatype].dtype.itemsize
        for spec, shape in zip(specs, shapes, strict=True)
    ]
