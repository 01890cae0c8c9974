# SPDX-License-Identifier: Apache-2.0
"""`python -m support.device_server serve …`: a server whose Ascend device does what a file says.

The device computes on the CPU. Before each call of an instance it reads the file named in FILE:
`fault`, `lost` or `memory` make it fail so, `shaky` makes it do one of these at random, once in a
hundred batches; else it works.
"""

from __future__ import annotations

import dataclasses
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_runtime.__main__ import main
from velaserve_runtime.backends import registry
from velaserve_runtime.backends.onnx_cpu import OnnxCpuInstance
from velaserve_runtime.protocol.errors import DeviceFault, DeviceLost, DeviceOutOfMemory

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.registry import BackendSettings
    from velaserve_runtime.protocol.tensors import ModelSpec
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.model_config import ModelConfig

FILE = "VELASERVE_TEST_DEVICE"
ERRORS = {"fault": DeviceFault, "lost": DeviceLost, "memory": DeviceOutOfMemory}
REASON = "so says the test"
SHAKY = 0.01
CHANCE = random.Random(9)
"""Of its first hundred and fifty batches some fail, at least one of them as each of ERRORS."""


class DeviceInstance(OnnxCpuInstance):
    """An ONNX model on that device."""

    def load(self) -> ModelSpec:
        self._obey()
        return dataclasses.replace(super().load(), placement={"device": "npu:0"})

    def execute(self, batch: Arrays) -> Arrays:
        self._obey()
        return super().execute(batch)

    def _obey(self) -> None:
        order = Path(os.environ[FILE]).read_text(encoding="utf-8")
        if order == "shaky" and CHANCE.random() < SHAKY:
            order = CHANCE.choice([*ERRORS])
        if order in ERRORS:
            raise ERRORS[order](REASON)


def open_on_device(
    source: VersionSource, config: ModelConfig, settings: BackendSettings
) -> DeviceInstance:
    names = (config.inputs, config.outputs)
    return DeviceInstance(source.file, settings.intra_op_threads, names)


if __name__ == "__main__":
    registry._OPENERS = {**registry._OPENERS, "ascend": {"onnx": open_on_device}}
    sys.exit(main())
