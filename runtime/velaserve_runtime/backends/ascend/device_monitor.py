# SPDX-License-Identifier: Apache-2.0
"""Looks at a device every few seconds, in a thread of its own: a scrape must not wait for it."""

from __future__ import annotations

import threading
from contextlib import suppress
from ctypes import byref
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.acl import Utilization
from velaserve_runtime.backends.ascend.devices import open_acl
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.backends.ascend.loaded_model import device_memory
from velaserve_runtime.backends.readings import Reading
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec

PERIOD_S = 5.0
_UNKNOWN = -1
"""What AscendCL says of an engine whose load this chip does not tell."""


class DeviceMonitor:
    """AscendCL tells utilisation and memory; temperature and health are npu-exporter's."""

    def __init__(self, acl: Acl, device_id: int, period_s: float = PERIOD_S) -> None:
        self.readings: Sequence[Reading] = ()
        self._acl = acl
        self._device_id = device_id
        self._period_s = period_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="velaserve-npu", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.readings = self._look()
            if self._stopped.wait(self._period_s):
                return

    def _look(self) -> list[Reading]:
        """What the device tells; a failing one tells nothing, and its models' errors say why."""
        found: list[Reading] = []
        label = {"device": f"npu:{self._device_id}"}
        with suppress(AscendError):
            self._acl.do("aclrtSetDevice", self._device_id)
            memory = device_memory(self._acl)
            used = memory.total_bytes - memory.free_bytes
            found.append(Reading("velaserve_device_memory_used_bytes", used, label))
            found.append(Reading("velaserve_device_memory_total_bytes", memory.total_bytes, label))
        with suppress(AscendError):
            rates = Utilization()
            self._acl.do("aclrtGetDeviceUtilizationRate", self._device_id, byref(rates))
            for engine in ("cube", "vector", "aicpu", "memory"):
                percent = getattr(rates, engine)
                if percent != _UNKNOWN:
                    labels = {**label, "engine": engine}
                    found.append(Reading("velaserve_device_utilization_percent", percent, labels))
        return found


def monitored(build: Callable[[], ModelInstance]) -> MonitoredInstance:
    """For a process of its own, which calls it."""
    return MonitoredInstance(build())


class MonitoredInstance:
    """A ModelInstance in this process, and the figures of the device that its placement names."""

    def __init__(self, instance: ModelInstance, find_acl: Callable[[], Acl] = open_acl) -> None:
        """`find_acl`: asked once the model is loaded, which has started AscendCL."""
        self._instance = instance
        self._find_acl = find_acl
        self._monitor: DeviceMonitor | None = None

    def load(self) -> ModelSpec:
        spec = self._instance.load()
        if self._monitor is None:
            self._monitor = self._watch(spec.placement["device"])
        return spec

    def warm_up(self, sample: Arrays) -> Arrays:
        return self._instance.warm_up(sample)

    def execute(self, batch: Arrays) -> Arrays:
        return self._instance.execute(batch)

    def cancel(self) -> None:
        self._instance.cancel()

    def close(self) -> None:
        monitor, self._monitor = self._monitor, None
        if monitor is not None:
            monitor.stop()
        self._instance.close()

    def readings(self) -> Iterable[Reading]:
        return self._monitor.readings if self._monitor else ()

    def _watch(self, device: str) -> DeviceMonitor | None:
        """None where there is no AscendCL to ask: what runs without it has no figures."""
        try:
            acl = self._find_acl()
        except LoadFailed:
            return None
        return DeviceMonitor(acl, int(device.removeprefix("npu:")))
