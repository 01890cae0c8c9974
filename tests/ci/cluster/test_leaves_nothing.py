# SPDX-License-Identifier: Apache-2.0
"""The lower half of a cluster comes up and goes: nothing of it is left, however it ended."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ci.cluster import certificates, cgroups, containerd, etcd, network
from ci.cluster.cluster import Cluster
from ci.cluster.errors import NotReady
from ci.cluster.lifecycle import down, status
from ci.cluster.settings import NAME
from ci.cluster.waiting import wait_until
from support.machine import Machine, commands_with, machine


def bring_up(cluster: Cluster) -> None:
    cluster.space.make(cluster.journal)
    for component in (certificates, network, etcd, containerd):
        component.up(cluster)


def nothing(_: Cluster) -> None:
    pass


def kill_half(_: Cluster) -> None:
    for pid in sorted(cgroups.members(NAME))[::2]:
        os.kill(pid, signal.SIGKILL)


def kill_the_first(cluster: Cluster) -> None:
    os.kill(int((cluster.settings.state / "keeper.pid").read_text()), signal.SIGKILL)


def forget_the_daemons(cluster: Cluster) -> None:
    for record in (cluster.settings.state / "daemons").iterdir():
        record.unlink()


@pytest.mark.parametrize("damage", [nothing, kill_half, kill_the_first, forget_the_daemons])
def test_nothing_is_left(
    cluster: Cluster, before: Machine, damage: Callable[[Cluster], None]
) -> None:
    bring_up(cluster)
    assert machine() != before
    damage(cluster)
    down(cluster.settings)
    assert machine() == before
    assert commands_with(str(cluster.settings.state)) == []
    assert not cluster.settings.state.exists()


def test_nothing_is_left_of_a_start_that_was_cut_short(cluster: Cluster, before: Machine) -> None:
    cluster.space.make(cluster.journal)
    cluster.journal.note("link", "velaserve0")  # and the process was killed before `ip link add`
    down(cluster.settings)
    assert machine() == before


def test_status_says_what_runs_and_where_its_log_is(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_up(cluster)
    assert status(cluster.settings)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["etcd", "runs"], ["containerd", "runs"]]
    assert all(Path(line.split()[-1]).is_file() for line in lines[:2])
    kill_the_first(cluster)
    wait_until(lambda: not any(daemon.runs for daemon in cluster.daemons.all()), 10, "all end")
    assert not status(cluster.settings)


def test_a_program_takes_the_place_of_one_of_its_name(cluster: Cluster) -> None:
    cluster.space.make(cluster.journal)
    first = cluster.daemons.start("sleeper", "sleep", ["60"])
    second = cluster.daemons.start("sleeper", "sleep", ["60"])
    assert not first.runs
    assert cluster.daemons.all() == [second]
    assert second.runs
    wait_until(lambda: sleepers() == 1, 10, "the second one runs, and nothing of the first")


def sleepers() -> int:
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in cgroups.members(NAME)]
    return sum(command.startswith(b"sleep") for command in commands)


def test_a_program_that_ends_is_quoted(cluster: Cluster) -> None:
    cluster.space.make(cluster.journal)
    daemon = cluster.daemons.start("broken", "sh", ["-c", "echo no such flag; exit 3"])
    with pytest.raises(NotReady) as failed:
        cluster.daemons.wait(daemon, lambda: False, 30)
    assert "broken ended" in str(failed.value)
    assert "no such flag" in str(failed.value)
