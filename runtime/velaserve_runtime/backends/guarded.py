# SPDX-License-Identifier: Apache-2.0
"""Runs a model's batches on its device, and on the CPU or not at all while that is broken."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from velaserve_runtime.backends.breaker import State
from velaserve_runtime.backends.calls import Calls
from velaserve_runtime.backends.executor import THREAD, executor_of
from velaserve_runtime.backends.halves import execute_halves
from velaserve_runtime.backends.instance import StandIn, close_all
from velaserve_runtime.backends.readings import readings_of
from velaserve_runtime.protocol.errors import DEVICE_ERRORS, DeviceLost, DeviceOutOfMemory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_runtime.backends.breaker import Breaker
    from velaserve_runtime.backends.calls import Call
    from velaserve_runtime.backends.instance import Arrays
    from velaserve_runtime.backends.readings import Reading
    from velaserve_runtime.backends.recipe import Loaded
    from velaserve_runtime.backends.recovery import Recovery
    from velaserve_runtime.protocol.errors import DeviceError

LOG = logging.getLogger(__name__)
ON_CPU = "model runs on the CPU"
"""The log's event where a device is left for the CPU, at load or later."""


class GuardedInstance:
    """A Runner over one instance on the device and, where the policy has one, one on the CPU.

    While the breaker is CLOSED batches run on the device. A batch that fails there by the device's
    fault is answered by the CPU, or with that error where there is no instance on the CPU. While
    the breaker is not CLOSED there is no instance on the device, and `recovery` makes a new one.
    As many threads may use it as the instance on the device allows; the CPU runs one at a time.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        device: Loaded | None,
        cpu: Loaded | None,
        breaker: Breaker,
        recovery: Recovery | None,
    ) -> None:
        """`labels`: model, version and device.

        `device` None: the breaker is open from the beginning. `recovery` None: and it stays so.
        """
        self.labels = labels
        self.breaker = breaker
        self._errors = {kind.reason: 0 for kind in DEVICE_ERRORS}
        self._device = device
        self._cpu = cpu
        self._cpu_lock = threading.Lock()
        self._recovery = recovery
        self._calls = Calls()
        self._closed = False
        if device is None and recovery is not None:
            recovery.begin(None, self._take)

    @property
    def errors(self) -> dict[str, int]:
        """Device errors by reason, of batches and of probes."""
        probes = {} if self._recovery is None else self._recovery.errors
        return {reason: count + probes.get(reason, 0) for reason, count in self._errors.items()}

    @property
    def lost(self) -> str:
        """Why nothing runs the model; empty when something does."""
        if self._cpu is not None or self.breaker.state is State.CLOSED:
            return ""
        return self._why_lost()

    @property
    def stands_in(self) -> bool:
        """Whether batches run on the CPU because they cannot on the device."""
        return self._cpu is not None and self.breaker.state is not State.CLOSED

    @property
    def settled(self) -> bool:
        """Whether the CPU runs it for good."""
        return self._device is None and self._recovery is None

    @property
    def placement(self) -> Mapping[str, str]:
        """Where batches run now, for people."""
        device, name, reason = self._device, self.labels["device"], self.breaker.reason
        if device is not None:
            return device.spec.placement
        if self._cpu is None:
            return {"device": name, "lost": reason}
        instead = {"fallback_from": name, "fallback_reason": reason}
        return {**self._cpu.spec.placement, **instead}

    @property
    def executor(self) -> str:
        """Of the instance that runs batches now."""
        runs = self._device or self._cpu
        return executor_of(runs.instance) if runs is not None else THREAD

    def readings(self) -> Iterable[Reading]:
        """Of the instance that runs batches now."""
        runs = self._device or self._cpu
        return readings_of(runs.instance) if runs is not None else ()

    def execute(self, batch: Arrays) -> Arrays:
        with self._calls.one() as call:
            device = self._enter(call)
            if device is None:
                return self._on_cpu(call, batch, DeviceLost(self._why_lost()))
            try:
                outputs = self._on_device(device, batch)
            except DEVICE_ERRORS as err:
                self._failed(device, err)
                return self._on_cpu(call, batch, err)
            self.breaker.succeeded()
            return outputs

    def cancel(self) -> None:
        self._calls.cancel()

    def close(self) -> None:
        if self._recovery is not None:
            self._recovery.stop()
        with self._calls.changed:
            self._closed = True
            device, self._device = self._device, None
        close_all(one.instance for one in (device, self._cpu) if one is not None)

    def _enter(self, call: Call) -> Loaded | None:
        """The instance on the device, which is not closed before the call has left it."""
        with self._calls.changed:
            device = self._device
            if device is not None:
                call.runner = device.instance
            return device

    def _on_device(self, device: Loaded, batch: Arrays) -> Arrays:
        """In halves where the whole needs too much memory; strict answers the error instead."""
        try:
            return device.instance.execute(batch)
        except DeviceOutOfMemory as err:
            rows = len(next(iter(batch.values()))) if device.warm.batchable else 1
            if self._cpu is None or rows < 2:
                raise
            self._tell(err)
            return execute_halves(device.instance, batch, rows)

    def _on_cpu(self, call: Call, batch: Arrays, error: DeviceError) -> Arrays:
        """Raises `error` where the policy has no instance there."""
        cpu = self._cpu
        if cpu is None:
            raise error
        self._calls.move(call, cpu.instance)
        with self._cpu_lock:
            return StandIn(cpu.instance.execute(batch), self.labels["device"])

    def _failed(self, device: Loaded, error: DeviceError) -> None:
        self._tell(error)
        with self._calls.changed:
            if self._device is not device or not self.breaker.failed(error):
                return
            self._device = None
        if self._cpu is None:
            LOG.error("device lost", extra={**self.labels, "reason": str(error)})
        else:
            LOG.warning(ON_CPU, extra={**self.labels, "reason": str(error)})
        if self._recovery is not None:
            self._recovery.begin(lambda: self._give_back(device), self._take)

    def _give_back(self, device: Loaded) -> None:
        self._calls.wait_left(device.instance)
        device.instance.close()

    def _take(self, fresh: Loaded) -> None:
        """From here on batches run on the device again; in the thread of the probe."""
        with self._calls.changed:
            if not self._closed:
                self.breaker.close()
                self._device = fresh
                LOG.info("model runs on its device again", extra=self.labels)
                return
        close_all([fresh.instance])

    def _tell(self, error: DeviceError) -> None:
        with self._calls.changed:
            self._errors[error.reason] += 1
        LOG.warning("batch failed on the device", extra={**self.labels, "reason": str(error)})

    def _why_lost(self) -> str:
        return f"device {self.labels['device']} is lost: {self.breaker.reason}"
