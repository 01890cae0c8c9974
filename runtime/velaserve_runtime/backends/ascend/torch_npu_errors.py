# SPDX-License-Identifier: Apache-2.0
"""What an exception of torch_npu means: it raises RuntimeError for all, and a text.

The texts are those of torch_npu's NPUException.h, NPUQueue.cpp, NPUCachingAllocator.cpp and
CpuFallbackUtils.h. TorchScript's interpreter wraps them in its own traceback, and in RuntimeError
what was OutOfMemoryError.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.error_codes import ErrorClass
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.protocol.errors import DeviceLost, DeviceOutOfMemory, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.errors import VelaserveError

_CODE = re.compile(
    r"(?:function error: (?P<call>[^\n]+?), )?error code(?: is)?[: ]*(?P<code>\d{5,6})"
)
_CANNS_MESSAGE = re.compile(r"^E[0-9A-Z]\d{4}: .*", re.MULTILINE)
_OUT_OF_MEMORY = ("NPU out of memory", "EL0004", "Failed to allocate")
RESTART = "torch_npu gives the device no more work in this process, which must be restarted"
_QUEUE_ENDED = re.compile(
    "process exits for this inner error|FORCE STOP|UCE ERROR|HBM MULTI BIT ECC ERROR"
    "|SUSPECT MEM ERROR|(HCCS|UB) LINK ERROR"
)
"""After any of these its task queue throws, or silently drops what comes, in all threads."""
_DEVICES_AFFAIR = {ErrorClass.MEMORY, ErrorClass.DEVICE_GONE, ErrorClass.KERNEL}
_NEXT_STEPS: Mapping[str, str] = {
    "TORCH_NPU_FALLBACK_CPU_DISABLE=1": (
        "write the model without this operator, or let the CPU run it with "
        "accelerator.fallbackPolicy: fallback (--fallback-policy fallback)"
    ),
    "tensors to be on the same device": (
        "the model's code names a device, as traces of a model on the CPU do; script it, or trace "
        "it on an NPU"
    ),
}


def answer_to(err: Exception) -> VelaserveError:
    """What a request gets that met an exception of torch."""
    text = str(err)
    ended = next((line for line in text.splitlines() if _QUEUE_ENDED.search(line)), None)
    if ended is not None:
        return DeviceLost(f"{RESTART}: {ended.strip()} {_canns_message(text)}".rstrip())
    if any(sign in text for sign in _OUT_OF_MEMORY):
        return DeviceOutOfMemory(f"Ascend device: {_said(text)}")
    found = _CODE.search(text)
    if found is None:
        return ModelFailed(f"torch: {_said(text) or type(err).__name__}{_next_step(text)}")
    error = AscendError(found["call"] or "torch_npu", int(found["code"]), _canns_message(text))
    # A parameter that torch_npu chose is no fault of the client's.
    return error.answer() if error.kind in _DEVICES_AFFAIR else ModelFailed(f"torch: {error}")


def _said(text: str) -> str:
    """The line that tells most: CANN's, else the last one that is not about the process."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("[ERROR]")]
    return _canns_message(text) or (lines[-1].strip() if lines else "")


def _canns_message(text: str) -> str:
    found = _CANNS_MESSAGE.search(text)
    return found[0].strip() if found else ""


def _next_step(text: str) -> str:
    return next((f"; {step}" for sign, step in _NEXT_STEPS.items() if sign in text), "")
