# SPDX-License-Identifier: Apache-2.0
"""An offline model in a process of its own, which finds the library as a server would."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.eventually import eventually
from support.offline_models import dense, dense_answer
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.registry import BackendSettings, open_instance
from velaserve_runtime.protocol.errors import DeviceFault, DeviceLost
from velaserve_runtime.repository.config import ModelConfig
from velaserve_runtime.repository.layout import VersionSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.ascend_sim import Sim
    from velaserve_runtime.backends.instance import ModelInstance

X = np.arange(12, dtype=np.float32).reshape(3, 4) / 10


@pytest.fixture
def opened(built: Sim, tmp_path: Path) -> Iterator[Callable[..., ProcessInstance]]:
    file = dense().write(tmp_path / "model.om")
    source = VersionSource("dense", "1", tmp_path, file, "om")
    settings = BackendSettings(device="ascend")
    made: list[ProcessInstance] = []

    def open_with(number: int = 0, **environment: str) -> ProcessInstance:
        build = partial(open_instance, source, ModelConfig(), settings, number)
        paths = {"LD_LIBRARY_PATH": str(built.library.parent), **environment}
        made.append(ProcessInstance(build, environment=paths))
        return made[-1]

    yield open_with
    for instance in made:
        instance.close()


def test_answers_as_in_the_servers_process(opened: Callable[..., ModelInstance]) -> None:
    instance = opened()
    spec = instance.load()
    assert (spec.gears, spec.slots) == ((1, 2, 4, 8), 1)
    np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)


def test_the_devices_figures_come_through(opened: Callable[..., ProcessInstance]) -> None:
    instance = opened(ASCENDSIM_MEMORY_BYTES=str(1 << 22))
    instance.load()
    told = eventually(instance.readings, bool, 30, "the device's figures")
    figures = {each.metric: each for each in told}
    total = figures["velaserve_device_memory_total_bytes"]
    assert (total.value, total.labels) == (1 << 22, {"device": "npu:0"})


def test_errors_of_the_device_keep_their_class(
    opened: Callable[..., ModelInstance], tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text("aclmdlExecuteAsync 0 1 507015\n", encoding="utf-8")
    instance = opened(ASCENDSIM_FAULTS=str(script))
    instance.load()
    with pytest.raises(DeviceFault, match="507015"):
        instance.execute({"x": X})
    np.testing.assert_allclose(instance.execute({"x": X})["y"], dense_answer(X), atol=1e-6)


@pytest.mark.parametrize(("visible", "device"), [("1", "npu:0"), ("0,1", "npu:0"), (None, "npu:0")])
def test_cards_are_numbered_as_the_driver_shows_them(
    opened: Callable[..., ModelInstance], visible: str | None, device: str
) -> None:
    chosen = {} if visible is None else {"ASCEND_RT_VISIBLE_DEVICES": visible}
    instance = opened(ASCENDSIM_DEVICES="2", **chosen)
    assert instance.load().placement["device"] == device


def test_pod_without_a_card(opened: Callable[..., ModelInstance]) -> None:
    with pytest.raises(DeviceLost, match=r"this pod has no NPU: .*accelerator\.chip"):
        opened(ASCENDSIM_DEVICES="2", ASCEND_RT_VISIBLE_DEVICES="").load()
