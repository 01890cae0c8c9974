# SPDX-License-Identifier: Apache-2.0
"""How many CPUs this process may use: affinity and the cgroup's quota, not the host's cores."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOUNTS = Path("sys/fs/cgroup")
_V1_MOUNTS = (_MOUNTS / "cpu", _MOUNTS / "cpu,cpuacct")


def threads_for(instances: int, cpus: float | None = None) -> int:
    """Threads of one model instance when `instances` of them share the process's CPUs."""
    share = (usable_cpus() if cpus is None else cpus) / max(instances, 1)
    return max(1, math.floor(share))


def usable_cpus(root: Path = Path("/")) -> float:
    """CPUs, not rounded: a pod with `cpu: 500m` has 0.5. `root` holds /proc and /sys."""
    return min([float(_allowed_cores()), *_quotas(root)])


def _allowed_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quotas(root: Path) -> Iterator[float]:
    """Every limit on the way from this process's cgroup to the top; the smallest one holds."""
    for controllers, path in _memberships(root):
        if controllers == "":
            yield from _along(root / _MOUNTS, path, _v2_quota)
        elif "cpu" in controllers.split(","):
            for mount in _V1_MOUNTS:
                yield from _along(root / mount, path, _v1_quota)


def _memberships(root: Path) -> Iterator[tuple[str, str]]:
    """(controllers, path) for each line `id:controllers:path`; v2 names no controller."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        yield controllers, path.strip("/")


def _along(mount: Path, path: str, quota: Callable[[Path], float | None]) -> Iterator[float]:
    """In a container `path` may be the host's, which the mount does not show: then its top."""
    folder = mount / path
    for level in (folder, *folder.parents):
        found = quota(level)
        if found is not None:
            yield found
        if level == mount:
            return


def _v2_quota(folder: Path) -> float | None:
    """cpu.max is `quota period` in microseconds, or `max period`."""
    quota, _, period = _read(folder / "cpu.max").partition(" ")
    return _ratio(quota, period)


def _v1_quota(folder: Path) -> float | None:
    """cpu.cfs_quota_us is -1 without a limit."""
    return _ratio(_read(folder / "cpu.cfs_quota_us"), _read(folder / "cpu.cfs_period_us"))


def _ratio(quota: str, period: str) -> float | None:
    if not (quota.strip().isdigit() and period.strip().isdigit()) or int(period) == 0:
        return None
    return int(quota) / int(period)


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
