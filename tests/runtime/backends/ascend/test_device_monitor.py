# SPDX-License-Identifier: Apache-2.0
"""What a device tells of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support.eventually import eventually
from support.instances import Double
from support.offline_models import dense
from velaserve_runtime.backends.ascend.device_monitor import DeviceMonitor, MonitoredInstance
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from pathlib import Path

    from support.ascend_sim import Sim
    from velaserve_runtime.backends.ascend.acl import Acl
    from velaserve_runtime.protocol.tensors import ModelSpec


def figures(monitor: DeviceMonitor | MonitoredInstance) -> dict[str, float]:
    readings = monitor.readings if isinstance(monitor, DeviceMonitor) else monitor.readings()
    return {f"{each.metric} {' '.join(each.labels.values())}": each.value for each in readings}


def test_memory_and_load(acl: Acl, sim: Sim, tmp_path: Path) -> None:
    sim.set_memory(1 << 20)
    model = dense()
    model.memory = (1 << 18, 1 << 19)
    file = model.write(tmp_path / "model.om")
    instance = MonitoredInstance(OfflineModelInstance(file, acl, 0), lambda: acl)
    instance.load()
    try:
        found = eventually(lambda: figures(instance), bool, 10, "figures of the device")
    finally:
        instance.close()

    assert 3 << 18 < found.pop("velaserve_device_memory_used_bytes npu:0") < 1 << 20
    assert found.pop("velaserve_device_memory_total_bytes npu:0") == 1 << 20
    assert 75 <= found.pop("velaserve_device_utilization_percent npu:0 memory") < 100
    assert found == {  # the simulated chip cannot tell of its vector cores
        "velaserve_device_utilization_percent npu:0 cube": 37,
        "velaserve_device_utilization_percent npu:0 aicpu": 5,
    }


class OnNpu(Double):
    """As if on a device, by other means than AscendCL."""

    def load(self) -> ModelSpec:
        return replace(super().load(), placement={"device": "npu:0"})


def test_where_there_is_no_ascendcl_there_are_no_figures() -> None:
    def find_acl() -> Acl:
        raise LoadFailed("CANN is not found")

    instance = MonitoredInstance(OnNpu(), find_acl)
    assert instance.load().placement == {"device": "npu:0"}
    assert figures(instance) == {}
    instance.close()


def test_device_that_is_lost_tells_nothing(acl: Acl, sim: Sim) -> None:
    acl.start()
    sim.fail("*", 507010, count=-1)
    monitor = DeviceMonitor(acl, 0)
    monitor.stop()
    assert figures(monitor) == {}
