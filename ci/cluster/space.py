# SPDX-License-Identifier: Apache-2.0
"""The mount and process namespace in which the cluster runs.

Every process of the cluster is a member: when the first one ends, the kernel kills the others and
drops their mounts, whatever state they were in. The network is the machine's own.
"""

import os
import shlex
import subprocess
from pathlib import Path

from ci.cluster import cgroups
from ci.cluster.journal import Journal
from ci.cluster.settings import NAME
from ci.cluster.waiting import wait_until
from ci.tools import programs

PRIVATE = {
    "/run/containerd": "run/containerd",
    "/run/netns": "run/netns",
    "/var/lib/cni": "cni/state",
    "/var/lib/kubelet/device-plugins": "kubelet/device-plugins",
    "/var/log/containers": "log/containers",
}
"""Folders that programs insist on, and where in the cluster's folder they are instead."""
_START_S = 10.0


class Space:
    """The namespaces, kept by the process `keeper`."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._keeper = state / "keeper.pid"

    def make(self, journal: Journal) -> None:
        journal.note("cgroup", NAME)
        cgroups.make(NAME)
        for folder in PRIVATE:
            _make_folder(Path(folder), journal)
        for inside in PRIVATE.values():
            (self._state / inside).mkdir(parents=True, exist_ok=True)
        ready = self._state / "space.ready"
        command = [
            *("unshare", "--mount", "--propagation", "private", "--pid", "--fork"),
            *("--kill-child", "--mount-proc", "sh", "-ec", self._first_process(ready)),
        ]
        pid = spawn(command, self._state / "log" / "keeper.log", dict(os.environ))
        self._keeper.write_text(str(pid))
        wait_until(ready.exists, _START_S, f"namespaces (see {self._state}/log/keeper.log)")
        namespace = Path("/proc", str(pid), "ns", "pid_for_children").readlink()
        journal.note("namespace", str(namespace))

    def inside(self, command: list[str]) -> list[str]:
        """`command` as a command that runs it inside, in the cluster's folder.

        A folder that was entered outside has no name there, and Prometheus asks for it.
        """
        namespaces = Path("/proc", self._keeper.read_text(), "ns")
        return [
            *("nsenter", f"--mount={namespaces}/mnt", f"--pid={namespaces}/pid_for_children"),
            *("--", "sh", "-ec", 'cd "$0"; exec "$@"', str(self._state), *command),
        ]

    def _first_process(self, ready: Path) -> str:
        commands = [["mount", "--make-rshared", "/"]]
        for folder, inside in PRIVATE.items():
            commands.append(["mount", "--bind", str(self._state / inside), folder])
        commands.append(["touch", str(ready)])
        commands.append(["exec", str(programs.path("pause"))])
        return "\n".join(shlex.join(command) for command in commands)


def spawn(command: list[str], log: Path, environment: dict[str, str]) -> int:
    """Start a process that outlives this one, in the cluster's cgroup from its first step on.

    Returns:
        Its pid; its parent is the machine's first process.
    """
    script = """
        echo $$ >"$0"
        log=$1
        shift
        setsid "$@" </dev/null >>"$log" 2>&1 &
        echo $!
    """
    words = ["sh", "-ec", script, str(cgroups.member_file(NAME)), str(log), *command]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout)


def _make_folder(folder: Path, journal: Journal) -> None:
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        journal.note("folder", str(missing))
        missing.mkdir()
