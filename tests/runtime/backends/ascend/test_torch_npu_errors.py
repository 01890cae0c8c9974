# SPDX-License-Identifier: Apache-2.0
"""What the texts of torch_npu's exceptions mean."""

from __future__ import annotations

import pytest

from support.torch_npu_shim.script import (
    cpu_operator_text,
    error_text,
    memory_text,
    queue_error_text,
)
from velaserve_runtime.backends.ascend.error_codes import ErrorClass, known_codes
from velaserve_runtime.backends.ascend.torch_npu_errors import answer_to
from velaserve_runtime.protocol.errors import (
    DeviceFault,
    DeviceLost,
    DeviceOutOfMemory,
    ModelFailed,
)

ANSWERS = {
    ErrorClass.MEMORY: DeviceOutOfMemory,
    ErrorClass.DEVICE_GONE: DeviceLost,
    ErrorClass.KERNEL: DeviceFault,
}
TORCHSCRIPT = """The following operation failed in the TorchScript interpreter.
Traceback of TorchScript, serialized code (most recent call last):
  File "code/__torch__.py", line 4, in forward
    return torch.mul(x, 2)
           ~~~~~~~~~ <--- HERE
RuntimeError: """
COPY = "ACL stream synchronize failed, error code:{}"
"""CopyKernel.cpp, where a copy blocks."""


@pytest.mark.parametrize("code", known_codes())
@pytest.mark.parametrize("around", ["{}", TORCHSCRIPT + "{}"])
def test_each_known_code_by_its_class(code: int, around: str) -> None:
    error = answer_to(RuntimeError(around.format(error_text("aclrtSynchronizeStream", code))))

    assert type(error) is ANSWERS.get(known_codes()[code], ModelFailed)
    assert f"aclrtSynchronizeStream failed with {code}" in str(error)
    assert "EE9999: [PID: 7]" in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("code", known_codes())
def test_code_without_a_call(code: int) -> None:
    error = answer_to(RuntimeError(COPY.format(code)))

    assert type(error) is ANSWERS.get(known_codes()[code], ModelFailed)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (memory_text(), DeviceOutOfMemory),
        (TORCHSCRIPT + memory_text(), DeviceOutOfMemory),
        ("EL0004: [PID: 7] Failed to allocate memory.", DeviceOutOfMemory),
        (queue_error_text("aclnnMul"), DeviceLost),
        (TORCHSCRIPT + queue_error_text("aclnnMul"), DeviceLost),
        ("HBM MULTI BIT ECC ERROR, EE9999: x\n[ERROR] 2026 ERR00100 PTA", DeviceLost),
        ("UCE ERROR, \n[ERROR] 2026 ERR00100 PTA", DeviceLost),
        ("SUSPECT MEM ERROR, ", DeviceLost),
        ("FORCE STOP.", DeviceLost),
        (cpu_operator_text("aten::mul"), ModelFailed),
        ("The size of tensor a (3) must match the size of tensor b (4)", ModelFailed),
        ("", ModelFailed),
    ],
)
def test_text_without_a_code(text: str, answer: type[Exception]) -> None:
    assert type(answer_to(RuntimeError(text))) is answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TORCHSCRIPT + "too large", "torch: RuntimeError: too large"),
        ("", "torch: RuntimeError"),
        (
            "call aclnnArange failed, detail:EZ9999: Inner Error!\n"
            "EZ9999: [PID: 775] Cannot find bin of op Range.\n        TraceBack\n",
            "torch: EZ9999: [PID: 775] Cannot find bin of op Range.",
        ),
        (
            cpu_operator_text("aten::mul"),
            "torch: The operator 'aten::mul' would execute its main computation on CPU through "
            "dispatcher backend fallback, but CPU fallback is disabled by "
            "TORCH_NPU_FALLBACK_CPU_DISABLE=1.; write the model without this operator, or let the "
            "CPU run it with accelerator.fallbackPolicy: fallback (--fallback-policy fallback)",
        ),
    ],
)
def test_one_line_says_it(text: str, said: str) -> None:
    assert str(answer_to(RuntimeError(text))) == said
