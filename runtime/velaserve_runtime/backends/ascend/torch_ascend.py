# SPDX-License-Identifier: Apache-2.0
"""TorchScript models on an NPU, by torch_npu."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.ascend.torch_lane import Lane
from velaserve_runtime.backends.ascend.torch_npu_errors import answer_to
from velaserve_runtime.backends.ascend.torch_npu_import import import_torch_npu
from velaserve_runtime.backends.torch_api import import_torch
from velaserve_runtime.backends.torch_script import PLATFORM, TorchScript
from velaserve_runtime.protocol.errors import (
    DeviceLost,
    DeviceOutOfMemory,
    LoadFailed,
    ModelFailed,
    VelaserveError,
)
from velaserve_runtime.protocol.tensors import ModelSpec

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.backends.ascend.torch_npu_api import Npu
    from velaserve_runtime.backends.ascend.torch_npu_import import TorchNpu
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.torch_script import Declared

LOG = logging.getLogger(__name__)
_MIB = 1 << 20
_TOLD = (LoadFailed, DeviceLost, DeviceOutOfMemory)
"""How a load fails; the last two say nothing against the model, and may pass."""


class _Loaded(NamedTuple):
    npu: Npu
    device_id: int
    lane: Lane
    script: TorchScript


class TorchAscendInstance:
    """A ModelInstance around one TorchScript module, with a stream of its own.

    It takes batches of any size; for those of some gears only, wrap it in a GearedInstance.
    """

    def __init__(
        self, file: Path, number: int, threads: int, declared: Declared, *, cpu_operators: bool
    ) -> None:
        """Several cards take turns by `number`.

        `cpu_operators`: whether the CPU may run what has no kernel for NPUs.
        """
        self._file = file
        self._number = number
        self._threads = threads
        self._declared = declared
        self._cpu_operators = cpu_operators
        self._torch = import_torch()
        self._loaded: _Loaded | None = None

    def load(self) -> ModelSpec:
        """Raises: LoadFailed; DeviceLost and DeviceOutOfMemory, which may pass."""
        self.close()
        self._torch.set_num_threads(self._threads)
        try:
            torch_npu = import_torch_npu(self._torch, cpu_operators=self._cpu_operators)
            loaded = self._open(torch_npu.npu)
            spec = self._spec(torch_npu, loaded)
        except _TOLD:
            raise
        except Exception as err:  # torch raises RuntimeError and others of no common base
            raise self._load_error(err) from err
        self._loaded = loaded
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        """Raises: LoadFailed; DeviceLost and DeviceOutOfMemory, which may pass."""
        try:
            # TorchScript profiles its first run and optimizes for the second one.
            self._run(sample)
            return self._run(sample)
        except _TOLD:
            raise
        except Exception as err:  # torch raises RuntimeError and others of no common base
            raise self._load_error(err) from err

    def execute(self, batch: Arrays) -> Arrays:
        """Raises: DeviceLost, DeviceOutOfMemory, DeviceFault or ModelFailed, by what failed."""
        try:
            return self._run(batch)
        except VelaserveError:
            raise
        except Exception as err:  # torch raises RuntimeError and others of no common base
            raise self._answer(err) from err

    def cancel(self) -> None:
        """A device cannot be interrupted; CANN ends an operator that hangs."""

    def close(self) -> None:
        loaded, self._loaded = self._loaded, None
        if loaded is None:
            return
        npu = loaded.npu
        del loaded
        with suppress(RuntimeError):  # of a device that takes nothing any more
            npu.empty_cache()

    def _open(self, npu: Npu) -> _Loaded:
        device_id = self._number % _device_count(npu)
        lane = Lane(self._torch, npu, device_id)
        _refuse_too_large(npu, device_id, self._file)
        with lane.batch():
            # Mapped, not moved later: .to() leaves the constants of a frozen model where they are,
            # and torch_npu's puts weights into private formats.
            script = TorchScript(self._torch, self._file, self._declared, lane.device)
        return _Loaded(npu, device_id, lane, script)

    def _run(self, batch: Arrays) -> Arrays:
        if self._loaded is None:
            raise ModelFailed(f"{self._file} is not loaded")
        lane, script = self._loaded.lane, self._loaded.script
        with lane.batch():
            inputs = [
                lane.to_device(script.typed(spec, lane.host_copy(batch[spec.name])))
                for spec in script.inputs
            ]
            outputs = {name: lane.to_host(value) for name, value in script.run(inputs).items()}
        return script.arrays(outputs)

    def _load_error(self, err: Exception) -> VelaserveError:
        answer = err if isinstance(err, VelaserveError) else self._answer(err)
        return answer if isinstance(answer, _TOLD) else LoadFailed(f"{self._file}: {answer}")

    def _answer(self, err: Exception) -> VelaserveError:
        """Of all that torch says, clients get what tells most; the rest is logged."""
        LOG.error("%s: torch raised", self._file, exc_info=err)
        return answer_to(err)

    def _spec(self, torch_npu: TorchNpu, loaded: _Loaded) -> ModelSpec:
        placement = {
            "device": loaded.lane.device,
            "soc": loaded.npu.get_device_name(loaded.device_id),
            "torch": self._torch.__version__,
            "torch_npu": torch_npu.version,
            "jit_compile": "false",
            "cpu_operators": torch_npu.cpu_operators,
            "host_memory": "pinned" if loaded.lane.is_pinned else "pageable",
        }
        return ModelSpec(loaded.script.inputs, loaded.script.outputs, PLATFORM, placement)


def _device_count(npu: Npu) -> int:
    count = npu.device_count()
    if count == 0:
        raise DeviceLost(
            "torch_npu sees no NPU; look at npu-smi info, at /dev/davinci* in this container, and "
            "at ASCEND_RT_VISIBLE_DEVICES"
        )
    return count


def _refuse_too_large(npu: Npu, device_id: int, file: Path) -> None:
    """The file is little more than the weights; loading what does not fit takes its time."""
    free_bytes, total_bytes = npu.mem_get_info(device_id)
    needed_bytes = file.stat().st_size if file.is_file() else 0
    if needed_bytes > free_bytes:
        raise DeviceOutOfMemory(
            f"{file} needs at least {needed_bytes / _MIB:.1f} MiB of device memory, "
            f"{free_bytes / _MIB:.1f} of {total_bytes / _MIB:.1f} MiB are free; lower "
            "instance_count, or serve fewer models on the card"
        )
