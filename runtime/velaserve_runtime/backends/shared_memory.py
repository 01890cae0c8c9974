# SPDX-License-Identifier: Apache-2.0
"""Arrays that two processes see: packed into anonymous shared memory.

A segment has no name, only file descriptors: when both processes have ended, however they ended,
the kernel has freed it. (multiprocessing.shared_memory names its segments, and leaks them.)
"""

from __future__ import annotations

import mmap
import os
import tempfile
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import Shape

_ALIGNMENT = 64
_SMALLEST_BYTES = 1 << 16


class Slot(NamedTuple):
    """One array: where it lies in the segment, or its elements when they are objects (BYTES)."""

    name: str
    dtype: str
    shape: Shape
    offset: int
    elements: list[bytes] | None = None


class Segment:
    """A piece of shared memory, mapped into this process as long as arrays in it live."""

    def __init__(self, descriptor: int, size_bytes: int) -> None:
        self.size_bytes = size_bytes
        self._map = mmap.mmap(descriptor, size_bytes)

    def pack(self, arrays: Arrays) -> list[Slot]:
        """Copies arrays into the segment, which packed_bytes(arrays) fit into."""
        slots: list[Slot] = []
        offset = 0
        for name, array in arrays.items():
            if array.dtype.hasobject:
                slots.append(Slot(name, "O", array.shape, 0, list(array.ravel())))
                continue
            slot = Slot(name, array.dtype.str, array.shape, offset)
            self._view(slot)[...] = array
            slots.append(slot)
            offset += _aligned(array.nbytes)
        return slots

    def views(self, slots: list[Slot]) -> Arrays:
        """Arrays over the segment; they change when it is packed again."""
        return {slot.name: self._view(slot) for slot in slots}

    def copies(self, slots: list[Slot]) -> Arrays:
        """Arrays of their own."""
        return {
            slot.name: self._view(slot) if slot.elements is not None else self._view(slot).copy()
            for slot in slots
        }

    def _view(self, slot: Slot) -> Array:
        if slot.elements is None:
            return np.ndarray(slot.shape, slot.dtype, buffer=self._map, offset=slot.offset)
        array = np.empty(len(slot.elements), np.object_)
        array[:] = slot.elements
        return array.reshape(slot.shape)


def packed_bytes(arrays: Arrays) -> int:
    """Size of a segment that holds the arrays."""
    return sum(_aligned(array.nbytes) for array in arrays.values() if not array.dtype.hasobject)


def new_descriptor(size_bytes: int) -> tuple[int, int]:
    """An open descriptor of new memory (the caller closes it) and its size, rounded up."""
    size_bytes = max(_SMALLEST_BYTES, 1 << (size_bytes - 1).bit_length())
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("velaserve", os.MFD_CLOEXEC)
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, size_bytes)
    return descriptor, size_bytes


def _aligned(size_bytes: int) -> int:
    """A zero-sized array still needs an offset inside the segment."""
    return max(1, -(-size_bytes // _ALIGNMENT)) * _ALIGNMENT
