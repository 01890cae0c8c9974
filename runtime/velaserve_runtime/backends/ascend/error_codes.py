# SPDX-License-Identifier: Apache-2.0
"""AscendCL's error codes: what each means, and what is to be done.

Numbers and names are those of CANN's acl_base.h, error_codes/rt_error_codes.h,
error_codes/ge_error_codes.h and graph/ge_error_codes.h (-1); the classes are reference/ascend.md
section 3's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ErrorClass(Enum):
    """What an error calls for."""

    CALLER = "caller"
    """The request does not fit the model."""
    ENVIRONMENT = "environment"
    """A bug of ours, or a wrong installation: no request is to blame, trying again is no use."""
    MEMORY = "memory"
    """The device's memory is full: smaller batches may pass."""
    DEVICE_GONE = "device gone"
    """Nothing will pass before the device was reset."""
    KERNEL = "kernel"
    """This computation failed or hung; the next one may pass."""
    FACILITY = "facility"
    """This device or CANN does not have what was asked for."""


_CODES: Mapping[ErrorClass, Mapping[int, str]] = {
    ErrorClass.CALLER: {
        100000: "invalid parameter",
        145013: "no such gear of the batch, image or dims",
        145021: "the input has no AIPP",
        145022: "the input's AIPP is of another mode",
    },
    ErrorClass.ENVIRONMENT: {
        100001: "AscendCL is not initialized",
        107001: "no such device",
        107002: "no context in this thread",
        107003: "the stream is of another context",
        145002: "the model's file cannot be read",
        145003: "no such model",
    },
    ErrorClass.MEMORY: {
        207001: "the device's memory is full",
        207018: "the device's memory is full",
        245000: "no memory to load the model",
        245002: "no memory to load the model",
    },
    ErrorClass.DEVICE_GONE: {
        207004: "no device",
        507010: "the device lost its heartbeat",
        507033: "the device could not be set up",
        507053: "the device's memory is damaged",
        507054: "the device's memory has more wrong bits than it can mend",
        507899: "the driver failed",
    },
    ErrorClass.KERNEL: {
        107020: "a task timed out",
        507011: "the model's execution failed",
        507014: "an AI core timed out",
        507015: "an AI core raised an exception",
        507017: "an AI CPU timed out",
        507018: "an AI CPU raised an exception",
        507046: "the stream was not done in time",
    },
    ErrorClass.FACILITY: {
        200001: "this call is not provided here",
        207000: "this feature is not provided here",
        207008: "no stream is left",
    },
}
_EXPLAINED = {code: (kind, text) for kind, codes in _CODES.items() for code, text in codes.items()}
_BANDS = {
    -1: (ErrorClass.ENVIRONMENT, "CANN's compiler refused the model"),
    1: (ErrorClass.ENVIRONMENT, "an error of the caller or its environment"),
    2: (ErrorClass.FACILITY, "a resource is missing"),
    3: (ErrorClass.ENVIRONMENT, "an error of the flow"),
    5: (ErrorClass.KERNEL, "an internal error of CANN or the hardware"),
}
_UNKNOWN = (ErrorClass.ENVIRONMENT, "an unknown error")


def known_codes() -> Mapping[int, ErrorClass]:
    """Every code that has an explanation of its own."""
    return {code: kind for code, (kind, _) in _EXPLAINED.items()}


def explain(code: int) -> tuple[ErrorClass, str]:
    """Class and meaning; what has none of its own gets its band's (the first of six digits)."""
    return _EXPLAINED.get(code) or _BANDS.get(code // 100_000, _UNKNOWN)
