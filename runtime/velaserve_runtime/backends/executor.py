# SPDX-License-Identifier: Apache-2.0
"""Where a Runner's batches are computed, seen from the server: only the Runner itself knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Runner

THREAD, PROCESS = "thread", "process"


@runtime_checkable
class Housed(Protocol):
    """A Runner that is, or runs, one with a process of its own; it may change while it serves."""

    @property
    def executor(self) -> str: ...


def executor_of(runner: Runner) -> str:
    """THREAD or PROCESS."""
    return runner.executor if isinstance(runner, Housed) else THREAD
