# SPDX-License-Identifier: Apache-2.0
"""AscendError, and what a client is answered instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.error_codes import ErrorClass, explain
from velaserve_runtime.protocol.errors import (
    DeviceFault,
    DeviceLost,
    DeviceOutOfMemory,
    InvalidRequest,
    LoadFailed,
    ModelFailed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.errors import VelaserveError


class AscendError(Exception):
    """Raised by every call of AscendCL that fails."""

    def __init__(self, call: str, code: int, message: str = "") -> None:
        """`message`: of aclGetRecentErrMsg, which has it for the calling thread, and only once."""
        self.call = call
        self.code = code
        self.kind, meaning = explain(code)
        self.message = message.strip()
        said = f": {self.message}" if self.message else ""
        super().__init__(f"{call} failed with {code}, {meaning} ({self.kind.value}){said}")

    def answer(self) -> VelaserveError:
        """The error a request gets; the class decides about its status."""
        return _ANSWERS[self.kind](f"Ascend device: {self}")

    @property
    def may_pass(self) -> bool:
        """Whether the device is to blame, not what it was to do."""
        return self.kind in _PASSING

    def at_load(self, what: str) -> VelaserveError:
        """The error that keeps `what` from being loaded: the device's own ones may pass."""
        return self.answer() if self.may_pass else LoadFailed(f"{what}: {self}")


_PASSING = (ErrorClass.MEMORY, ErrorClass.DEVICE_GONE)
_ANSWERS: Mapping[ErrorClass, type[VelaserveError]] = {
    ErrorClass.CALLER: InvalidRequest,
    ErrorClass.ENVIRONMENT: ModelFailed,
    ErrorClass.MEMORY: DeviceOutOfMemory,
    ErrorClass.DEVICE_GONE: DeviceLost,
    ErrorClass.KERNEL: DeviceFault,
    ErrorClass.FACILITY: ModelFailed,
}
