# SPDX-License-Identifier: Apache-2.0
"""Offline models (OM), which ATC compiled for one chip, on AscendCL."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.device_thread import DeviceThread
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.backends.ascend.loaded_model import LoadedModel
from velaserve_runtime.backends.ascend.model_gears import common_shape
from velaserve_runtime.protocol.errors import ModelFailed, VelaserveError
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.protocol.tensors import Shape

PLATFORM = "ascend_om"
SLOTS = 3
"""One batch is copied in, one computed, one copied out; a fourth would only wait."""
RUN_TIMEOUT_MS = 30_000


class OfflineModelInstance:
    """A ModelInstance that up to SLOTS threads may use at one time.

    One thread of its own owns context, streams and buffers; who calls `execute` copies into the
    pinned memory and out of it, and waits.
    """

    def __init__(self, file: Path, acl: Acl, device_id: int, slots: int = SLOTS) -> None:
        self._file = file
        self._acl = acl
        self._device_id = device_id
        self._slots = slots
        self._thread: DeviceThread | None = None
        self._loaded: LoadedModel | None = None

    def load(self) -> ModelSpec:
        """Raises: LoadFailed; DeviceLost and DeviceOutOfMemory, which may pass."""
        self.close()
        self._thread = DeviceThread()
        try:
            self._acl.start()
            self._loaded = self._thread.call(self._open)
        except AscendError as err:
            self.close()
            raise err.at_load(str(self._file)) from err
        except VelaserveError:
            self.close()
            raise
        return self._spec(self._loaded)

    def warm_up(self, sample: Arrays) -> Arrays:
        """Raises: LoadFailed; DeviceLost and DeviceOutOfMemory, which may pass."""
        try:
            return self._run(sample)
        except AscendError as err:
            raise err.at_load(str(self._file)) from err

    def execute(self, batch: Arrays) -> Arrays:
        """Runs a batch that has exactly the shapes of a gear.

        Raises:
            InvalidRequest: it has not.
            DeviceLost, DeviceOutOfMemory, DeviceFault, ModelFailed: by the error's class.
        """
        try:
            return self._run(batch)
        except AscendError as err:
            raise err.answer() from err

    def cancel(self) -> None:
        """A device cannot be interrupted; what hangs ends after RUN_TIMEOUT_MS."""

    def close(self) -> None:
        thread, self._thread = self._thread, None
        loaded, self._loaded = self._loaded, None
        if thread is None:
            return
        if loaded is not None:
            thread.call(loaded.close)
        thread.stop()

    def _open(self) -> LoadedModel:
        return LoadedModel(self._acl, self._file, self._device_id, self._slots)

    def _run(self, batch: Arrays) -> Arrays:
        loaded, thread = self._loaded, self._thread
        if loaded is None or thread is None:
            raise ModelFailed(f"{self._file} is not loaded")
        gear = loaded.gear_of(batch)
        slot = loaded.slots.get()
        try:
            slot.fill(batch, gear)
            thread.run(
                functools.partial(loaded.begin, slot, gear, RUN_TIMEOUT_MS),
                functools.partial(slot.wait, RUN_TIMEOUT_MS),
            )
            return slot.collect(gear)
        finally:
            loaded.slots.put(slot)

    def _spec(self, loaded: LoadedModel) -> ModelSpec:
        gears, description = loaded.gears, loaded.description
        return ModelSpec(
            _with_shapes(description.inputs, [gear.inputs for gear in gears]),
            _with_shapes(description.outputs, [gear.outputs for gear in gears]),
            PLATFORM,
            {
                "device": f"npu:{self._device_id}",
                "soc": self._acl.text("aclrtGetSocName"),
                "gears": description.gear_kind,
            },
            gears=tuple(gear.values[0] for gear in gears)
            if description.gear_kind == "batch"
            else (),
            slots=self._slots,
        )


def _with_shapes(
    specs: Sequence[TensorSpec], shapes_by_gear: Sequence[tuple[Shape, ...]]
) -> tuple[TensorSpec, ...]:
    return tuple(
        TensorSpec(spec.name, spec.datatype, common_shape(shapes))
        for spec, *shapes in zip(specs, *shapes_by_gear, strict=True)
    )
