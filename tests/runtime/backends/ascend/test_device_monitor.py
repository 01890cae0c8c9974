# SPDX-License-Identifier: Apache-2.0
"""What a device tells of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.eventually import eventually
from support.offline_models import dense
from velaserve_runtime.backends.ascend.device_monitor import DeviceMonitor, MonitoredInstance
from velaserve_runtime.backends.ascend.offline_model import OfflineModelInstance

if TYPE_CHECKING:
    from pathlib import Path

    from support.ascend_sim import Sim
    from velaserve_runtime.backends.ascend.acl import Acl


def figures(monitor: DeviceMonitor | MonitoredInstance) -> dict[str, float]:
    readings = monitor.readings if isinstance(monitor, DeviceMonitor) else monitor.readings()
    return {f"{each.metric} {' '.join(each.labels.values())}": each.value for each in readings}


def test_memory_and_load(acl: Acl, sim: Sim, tmp_path: Path) -> None:
    sim.set_memory(1 << 20)
    model = dense()
    model.memory = (1 << 18, 1 << 19)
    file = model.write(tmp_path / "model.om")
    instance = MonitoredInstance(OfflineModelInstance(file, acl, 0), acl, 0)
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


def test_device_that_is_lost_tells_nothing(acl: Acl, sim: Sim) -> None:
    acl.start()
    sim.fail("*", 507010, count=-1)
    monitor = DeviceMonitor(acl, 0)
    monitor.stop()
    assert figures(monitor) == {}
