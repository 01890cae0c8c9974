# SPDX-License-Identifier: Apache-2.0
"""The cgroup that holds every process of the cluster, in each hierarchy of this machine."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ci.cluster.waiting import wait_until

_GONE_S = 30.0


def hierarchies() -> list[Path]:
    """Where cgroups are mounted; on version 2 one folder, on version 1 one for each controller."""
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    mounts = [line.split() for line in lines]
    return [Path(fields[1]) for fields in mounts if fields[2] in ("cgroup", "cgroup2")]


def member_file(name: str) -> Path:
    """Where a process enters: below `name`, which on version 2 can hold no process itself."""
    roots = hierarchies()
    home = next((root for root in roots if root.name == "pids"), roots[0])
    return home / name / "daemons" / "cgroup.procs"


def make(name: str) -> None:
    for root in hierarchies():
        (root / name).mkdir(exist_ok=True)
        _pass_on_controllers(root, name)
    member_file(name).parent.mkdir(exist_ok=True)


def remove(name: str) -> None:
    """Kill every process in the cgroup and below, and remove all of it.

    Raises:
        NotReady: a process does not end: it hangs in the kernel.
    """
    wait_until(lambda: _killed(name), _GONE_S, f"the processes of cgroup {name} end")
    wait_until(lambda: _removed(name), _GONE_S, f"cgroup {name} is removed")


def members(name: str) -> set[int]:
    """The processes in the cgroup and below, of every hierarchy."""
    found: set[int] = set()
    for folder in _folders(name):
        with suppress(OSError):  # it went away meanwhile
            found |= {int(line) for line in (folder / "cgroup.procs").read_text().split()}
    return found - {0}


def exists(name: str) -> bool:
    return any((root / name).exists() for root in hierarchies())


def _killed(name: str) -> bool:
    for pid in members(name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return not members(name)


def _removed(name: str) -> bool:
    for folder in sorted(_folders(name), reverse=True):
        with suppress(OSError):
            folder.rmdir()
    return not exists(name)


def _folders(name: str) -> Iterator[Path]:
    for root in hierarchies():
        for folder, _, _ in os.walk(root / name):
            yield Path(folder)


def _pass_on_controllers(root: Path, name: str) -> None:
    available = root / name / "cgroup.controllers"
    if available.exists():  # version 2
        words = " ".join(f"+{word}" for word in available.read_text().split())
        (root / name / "cgroup.subtree_control").write_text(words)
