# SPDX-License-Identifier: Apache-2.0
"""What a test wants of the pretended NPU, and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Fault:
    """An error of one call."""

    call: str
    text: str
    after: int
    ends_queue: bool


@dataclass
class Script:
    """One for the process, as torch_npu itself is; `reset` before each test."""

    devices: int = 1
    memory_bytes: tuple[int, int] = (3 << 20, 8 << 20)
    can_pin: bool = True
    queue_ended: bool = False
    """torch_npu's task queue drops all that it is given."""
    calls: list[str] = field(default_factory=list)
    raised: str = ""
    """The text of the last error: TorchScript loses that of an operator in Python."""
    _faults: list[Fault] = field(default_factory=list)

    def reset(self) -> None:
        vars(self).update(vars(Script()))

    def fail(self, call: str, text: str, *, after: int = 0, ends_queue: bool = False) -> None:
        """Raises RuntimeError(text), once, when `call` was made `after` times."""
        self._faults.append(Fault(call, text, after, ends_queue))

    def called(self, call: str, *arguments: object) -> None:
        """Remembers a call; raises what it is to fail with."""
        self.calls.append(" ".join([call, *map(str, arguments)]))
        for fault in [each for each in self._faults if each.call == call]:
            if fault.after == 0:
                self._faults.remove(fault)
                self.queue_ended |= fault.ends_queue
                raise self.error(fault.text)
            fault.after -= 1

    def error(self, text: str) -> RuntimeError:
        self.raised = text
        return RuntimeError(text)


SCRIPT = Script()


def error_text(call: str, code: int, message: str = "scripted fault") -> str:
    """As NPU_CHECK_ERROR of torch_npu's NPUException.h writes it."""
    return (
        f"synchronize:build/CMakeFiles/torch_npu.dir/compiler_depend.ts:147 NPU function error: "
        f"{call}, error code is {code}\n"
        "[ERROR] 2026-11-20-10:00:00 (PID:7, Device:0, RankID:-1) ERR00100 PTA call acl api "
        "failed\n"
        "[Error]: What the table of torch_npu says.\n"
        "        Rectify the fault based on the error information in the ascend log.\n"
        f"EE9999: [PID: 7] 2026-11-20-10:00:00.000.000 {message}\n"
        "        TraceBack (most recent call last):\n"
        "        stream synchronize failed[FUNC:StreamSynchronize][FILE:stream.cc][LINE:1]\n"
    )


def queue_error_text(operator: str) -> str:
    """As Repository::Enqueue of torch_npu's NPUQueue.cpp writes it, to one thread, once."""
    return (
        "The Inner error is reported as above. The process exits for this inner error, and the "
        f"current working operator name is {operator}.\n"
        "Since the operator is called asynchronously, the stacktrace may be inaccurate. If you "
        "want to get the accurate stacktrace, please set the environment variable "
        "ASCEND_LAUNCH_BLOCKING=1.\n"
        "[ERROR] 2026-11-20-10:00:00 (PID:7, Device:0, RankID:-1) ERR00100 PTA call acl api "
        "failed.\n"
        "EZ9999: [PID: 7] 2026-11-20-10:00:00.000.000 scripted fault\n"
    )


def memory_text() -> str:
    """As torch_npu's NPUCachingAllocator.cpp writes it, its class lost in TorchScript."""
    return (
        "NPU out of memory. Tried to allocate 2.00 GiB (NPU 0; 8.00 MiB total capacity; 5.00 MiB "
        "already allocated; 5.00 MiB current active; 3.00 MiB free; 6.00 MiB reserved in total by "
        "PyTorch).If reserved memory is >> allocated memory try setting max_split_size_mb to avoid "
        "fragmentation."
    )


def cpu_operator_text(operator: str) -> str:
    """As CheckCpuFallbackAllowed of torch_npu's CpuFallbackUtils.h writes it."""
    return (
        f"The operator '{operator}' would execute its main computation on CPU through dispatcher "
        "backend fallback, but CPU fallback is disabled by TORCH_NPU_FALLBACK_CPU_DISABLE=1.\n"
        "[ERROR] 2026-11-20-10:00:00 (PID:7, Device:0, RankID:-1) ERR01007 OPS feature not "
        "supported"
    )
