# SPDX-License-Identifier: Apache-2.0
"""CPUs from fake cgroup trees: /proc and /sys as a container sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.resources.cpu_quota import threads_for, usable_cpus

if TYPE_CHECKING:
    from pathlib import Path

V2 = "sys/fs/cgroup"
V1 = "sys/fs/cgroup/cpu"


def write_tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.mark.parametrize(
    ("files", "cpus"),
    [
        pytest.param(
            {"proc/self/cgroup": "0::/\n", f"{V2}/cpu.max": "50000 100000\n"}, 0.5, id="v2 pod"
        ),
        pytest.param(
            {"proc/self/cgroup": "0::/a/b\n", f"{V2}/a/cpu.max": "25000 100000\n"},
            0.25,
            id="v2, the limit is a parent's",
        ),
        pytest.param(
            {
                "proc/self/cgroup": "0::/a/b\n",
                f"{V2}/a/cpu.max": "75000 100000\n",
                f"{V2}/a/b/cpu.max": "50000 100000\n",
            },
            0.5,
            id="v2, the smallest of several",
        ),
        pytest.param(
            {
                "proc/self/cgroup": "0::/kubepods/pod1/host-side\n",
                f"{V2}/cpu.max": "50000 100000\n",
            },
            0.5,
            id="v2, the path is the host's",
        ),
        pytest.param(
            {
                "proc/self/cgroup": "4:memory:/\n1:cpu,cpuacct:/x\n0::/\n",
                f"{V1}/x/cpu.cfs_quota_us": "20000\n",
                f"{V1}/x/cpu.cfs_period_us": "100000\n",
            },
            0.2,
            id="v1",
        ),
        pytest.param(
            {
                "proc/self/cgroup": "1:cpu,cpuacct:/\n",
                f"{V1},cpuacct/cpu.cfs_quota_us": "20000\n",
                f"{V1},cpuacct/cpu.cfs_period_us": "100000\n",
            },
            0.2,
            id="v1, mounted under both names",
        ),
    ],
)
def test_the_quota_of_the_cgroup_holds(tmp_path: Path, files: dict[str, str], cpus: float) -> None:
    write_tree(tmp_path, files)

    assert usable_cpus(tmp_path) == cpus


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="no cgroup at all"),
        pytest.param({"proc/self/cgroup": "0::/\n", f"{V2}/cpu.max": "max 100000\n"}, id="v2"),
        pytest.param({"proc/self/cgroup": "0::/\n", f"{V2}/cpu.max": "\n"}, id="v2, empty file"),
        pytest.param(
            {
                "proc/self/cgroup": "1:cpu:/\n",
                f"{V1}/cpu.cfs_quota_us": "-1\n",
                f"{V1}/cpu.cfs_period_us": "100000\n",
            },
            id="v1",
        ),
        pytest.param(
            {"proc/self/cgroup": "0::/\n", f"{V2}/cpu.max": "100000000 100000\n"},
            id="more than there are",
        ),
    ],
)
def test_without_a_limit_the_affinity_holds(tmp_path: Path, files: dict[str, str]) -> None:
    write_tree(tmp_path, files)

    assert usable_cpus(tmp_path) == usable_cpus(tmp_path / "nothing") >= 1


def test_this_machine_has_some_cpu() -> None:
    assert usable_cpus() > 0


@pytest.mark.parametrize(
    ("instances", "cpus", "threads"),
    [(1, 8, 8), (2, 8, 4), (3, 8, 2), (1, 0.5, 1), (9, 8, 1), (0, 8, 8), (1, 1.5, 1)],
)
def test_instances_share_the_cpus(instances: int, cpus: float, threads: int) -> None:
    assert threads_for(instances, cpus) == threads
