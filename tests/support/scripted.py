# SPDX-License-Identifier: Apache-2.0
"""Devices that fail when a test wants it, and a recovery whose waits are the test's."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from support.instances import Double
from velaserve_runtime.backends.recipe import Loaded
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec
from velaserve_runtime.repository.warm_up import WarmUpReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.backends.instance import Arrays

TIMEOUT_S = 20.0
SPEC = ModelSpec(
    inputs=(TensorSpec("x", "FP32", (-1, 4)),),
    outputs=(TensorSpec("y", "FP32", (-1, 4)),),
    platform="scripted",
    placement={"device": "ascend"},
)
"""That of support.models.write_double_onnx, on a device."""
WARM = WarmUpReport(batchable=True, reason="", warmed=True, seconds=0.0, costs_ns={})


class Device:
    """A device that doubles, and fails by call and count: `load={1: error}`, `execute={2: error}`.

    The counts are those of all its instances together. While `broken` is set every call fails.
    """

    def __init__(self, spec: ModelSpec = SPEC, **script: Mapping[int, Exception]) -> None:
        self.spec = spec
        self.broken: Exception | None = None
        self.calls: Counter[str] = Counter()
        self.instances: list[Scripted] = []
        self._script = script

    def open(self, *_: object) -> Scripted:
        self.instances.append(Scripted(self))
        return self.instances[-1]

    def loaded(self, warm: WarmUpReport = WARM) -> Loaded:
        instance = self.open()
        return Loaded(instance, instance.load(), warm)

    def called(self, call: str) -> None:
        self.calls[call] += 1
        error = self.broken or self._script.get(call, {}).get(self.calls[call])
        if error is not None:
            raise error


class Scripted(Double):
    """One instance on such a device."""

    def __init__(self, device: Device) -> None:
        super().__init__()
        self._device = device

    def load(self) -> ModelSpec:
        self._device.called("load")
        return self._device.spec

    def warm_up(self, sample: Arrays) -> Arrays:
        self._device.called("warm_up")
        return super().execute(sample)

    def execute(self, batch: Arrays) -> Arrays:
        self._device.called("execute")
        return super().execute(batch)

    def close(self) -> None:
        super().close()
        self._device.called("close")


class Pauses:
    """Waits of a Recovery: each is kept in `waits_s` and lasts until the test ends it."""

    def __init__(self) -> None:
        self.waits_s: list[float] = []
        self._begun = threading.Semaphore(0)
        self._ended = threading.Semaphore(0)

    def __call__(self, stopped: threading.Event, seconds: float) -> bool:
        self.waits_s.append(seconds)
        self._begun.release()
        assert self._ended.acquire(timeout=TIMEOUT_S), "the test never ended the wait"
        return stopped.is_set()

    def wait_begun(self) -> None:
        """Returns when there is one more wait."""
        assert self._begun.acquire(timeout=TIMEOUT_S), f"no wait after {self.waits_s}"

    def end(self) -> None:
        """Ends one wait, now or when it comes."""
        self._ended.release()


def probes_ended() -> None:
    """Returns when no Recovery is at work any more."""
    for thread in threading.enumerate():
        if thread.name == "velaserve-probe":
            thread.join(TIMEOUT_S)
            assert not thread.is_alive(), "a probe goes on"
