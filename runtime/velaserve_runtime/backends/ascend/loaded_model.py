# SPDX-License-Identifier: Apache-2.0
"""An offline model on a device: context, model, slots; made, used and closed by one thread."""

from __future__ import annotations

import dataclasses
from ctypes import byref, c_int32, c_size_t, c_uint32
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend.acl import IODims
from velaserve_runtime.backends.ascend.handles import Handles
from velaserve_runtime.backends.ascend.model_description import current_outputs, describe
from velaserve_runtime.backends.ascend.slot import Slot
from velaserve_runtime.protocol.errors import DeviceOutOfMemory, InvalidRequest

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.backends.ascend.model_gears import Gear
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.tensors import Shape

_DDR, _HBM = 0, 1
"""A 310P has the one kind of memory, a 910 the other; what is not there has 0 bytes."""
_MIB = 1 << 20


class DeviceMemory(NamedTuple):
    """What a device has."""

    free_bytes: int
    total_bytes: int


class LoadedModel:
    """All calls but `gear_of` are for the thread that made it."""

    def __init__(self, acl: Acl, file: Path, device_id: int, slots: int) -> None:
        """Raises: AscendError; LoadFailed; DeviceOutOfMemory before anything is loaded."""
        self._acl = acl
        self._handles = Handles(acl)
        self._last_computed: int | None = None
        try:
            self._open(file, device_id, slots)
        except BaseException:
            self._handles.close()
            raise

    def gear_of(self, batch: Arrays) -> Gear:
        """The gear that has exactly these shapes.

        Raises:
            InvalidRequest: none has; the device would not notice too few bytes.
        """
        shapes = tuple(batch[spec.name].shape for spec in self.description.inputs)
        gear = self._by_shapes.get(shapes)
        if gear is None:
            known = "; ".join(_shown(each.inputs) for each in self.gears)
            raise InvalidRequest(
                f"inputs of the shapes {_shown(shapes)}: the offline model was compiled for {known}"
            )
        return gear

    def begin(self, slot: Slot, gear: Gear, timeout_ms: int) -> None:
        """Sends a filled slot on its way. Raises: AscendError."""
        if self.description.gear_kind != "none":
            self._set_gear(slot.inputs, gear)
        slot.submit(gear, self._last_computed, timeout_ms)
        self._last_computed = slot.computed

    def close(self) -> None:
        """Gives everything back that the device still takes."""
        self._handles.close()

    def _open(self, file: Path, device_id: int, slots: int) -> None:
        acl, handles = self._acl, self._handles
        acl.do("aclrtSetDevice", device_id)
        handles.make("aclrtCreateContext", "aclrtDestroyContext", c_int32(device_id))
        _refuse_too_large(acl, file)
        self._model = self._load(file)
        self._desc = handles.create("aclmdlCreateDesc", "aclmdlDestroyDesc")
        acl.do("aclmdlGetDesc", self._desc, self._model)
        self.description = describe(acl, self._desc)
        self.slots: SimpleQueue[Slot] = SimpleQueue()
        first = Slot(handles, self._model, self.description)
        self.gears = tuple(self._complete(gear, first) for gear in self.description.gears)
        self._by_shapes = {gear.inputs: gear for gear in self.gears}
        for slot in (
            first,
            *(Slot(handles, self._model, self.description) for _ in range(1, slots)),
        ):
            self.slots.put(slot)

    def _load(self, file: Path) -> int:
        model = c_uint32()
        self._acl.do("aclmdlLoadFromFile", str(file).encode(), byref(model))
        self._handles.then("aclmdlUnload", model.value)
        return model.value

    def _complete(self, gear: Gear, slot: Slot) -> Gear:
        """With the outputs' shapes, which AscendCL tells for the gear that was set."""
        if self.description.gear_kind == "none":
            return dataclasses.replace(
                gear, outputs=tuple(spec.shape for spec in self.description.outputs)
            )
        self._set_gear(slot.inputs, gear)
        outputs = current_outputs(self._acl, self._desc, len(self.description.outputs))
        return dataclasses.replace(gear, outputs=outputs)

    def _set_gear(self, dataset: int, gear: Gear) -> None:
        """For one execution: AscendCL forgets it after each."""
        at = (self._model, dataset, self.description.gear_input)
        match self.description.gear_kind:
            case "batch":
                self._acl.do("aclmdlSetDynamicBatchSize", *at, gear.values[0])
            case "image":
                self._acl.do("aclmdlSetDynamicHWSize", *at, *gear.values)
            case _:
                dims = IODims(dimCount=len(gear.values))
                dims.dims[: len(gear.values)] = gear.values
                self._acl.do("aclmdlSetInputDynamicDims", *at, byref(dims))


def device_memory(acl: Acl) -> DeviceMemory:
    """Of the thread's device. Raises: AscendError."""
    for kind in (_HBM, _DDR):
        free, total = c_size_t(), c_size_t()
        acl.do("aclrtGetMemInfo", kind, byref(free), byref(total))
        if total.value:
            break
    return DeviceMemory(free.value, total.value)


def _refuse_too_large(acl: Acl, file: Path) -> None:
    """Loading what does not fit can take minutes before it fails."""
    work, weight = c_size_t(), c_size_t()
    acl.do("aclmdlQuerySize", str(file).encode(), byref(work), byref(weight))
    memory = device_memory(acl)
    needed = work.value + weight.value
    if needed > memory.free_bytes:
        raise DeviceOutOfMemory(
            f"{file} needs {needed / _MIB:.1f} MiB of device memory, "
            f"{memory.free_bytes / _MIB:.1f} of {memory.total_bytes / _MIB:.1f} MiB are free; "
            "lower instance_count, serve fewer models on the card, or convert it with smaller gears"
        )


def _shown(shapes: tuple[Shape, ...]) -> str:
    return ", ".join(str(list(shape)) for shape in shapes)
