# SPDX-License-Identifier: Apache-2.0
"""What the kernel says about a process."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def start_time(pid: int | str) -> int:
    """In clock ticks since boot; 0 for a process that has ended, waited for or not."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[19])


def children(pid: int) -> list[int]:
    """The processes that `pid` has started and that have not been waited for."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text(encoding="utf-8").split())
    return found


def kill(pid: int) -> None:
    """SIGKILL; one that has ended meanwhile is as it should be."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
