# SPDX-License-Identifier: Apache-2.0
"""What tests look at, and do, from outside of a process."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def kill_and_wait(pid: int | None) -> None:
    """Returns when the kernel has ended the process, a child of this one."""
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # another thread was faster
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def children(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def open_files(pid: int) -> list[str]:
    """What a process has open (without numbers), and the segments that it has mapped."""
    found = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append(str(entry.readlink()).partition(":[")[0])
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    found += ["mapped" for line in maps.splitlines() if "/memfd:velaserve" in line]
    return sorted(found)


def unix_sockets(name: str) -> int:
    """How many there are of this name, as `ss` shows it."""
    lines = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()
    return sum(line.split()[-1] == name for line in lines)
