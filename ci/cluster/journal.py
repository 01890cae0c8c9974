# SPDX-License-Identifier: Apache-2.0
"""What the cluster made outside its folder, written down before it is made.

A crash between the line and the deed leaves a line too many: each undoing does nothing then.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ci.cluster import cgroups
from ci.cluster.commands import run, succeeds
from ci.cluster.processes import start_time
from ci.cluster.waiting import wait_until

_GONE_S = 30.0


class Journal:
    """One line for each thing: its kind, its name, and what was there before."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, kind: str, name: str, before: str = "") -> None:
        line = json.dumps([kind, name, before])
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def undo(self) -> None:
        """Undo every line, processes before what they use, the last first; may be repeated."""
        lines = self.lines()
        for wanted, undo in _UNDO.items():
            for kind, name, before in reversed(lines):
                if kind == wanted:
                    undo(name, before)

    def lines(self) -> list[tuple[str, str, str]]:
        if not self._path.exists():
            return []
        whole = self._path.read_text(encoding="utf-8").rpartition("\n")[0]  # the last may be torn
        return [(kind, name, before) for kind, name, before in map(json.loads, whole.splitlines())]


def sysctl(name: str) -> Path:
    return Path("/proc/sys", *name.split("."))


def _remove_cgroup(name: str, _: str) -> None:
    cgroups.remove(name)


def _outlive_namespace(name: str, _: str) -> None:
    """A killed process leaves its cgroup first, and its namespace and mounts a moment later."""
    wait_until(lambda: not _lives(name), _GONE_S, f"the processes of {name} end")


def _lives(namespace: str) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str((process / "ns" / "pid").readlink()) == namespace and start_time(process.name):
                return True
    return False


def _remove_link(name: str, _: str) -> None:
    link = Path("/sys/class/net", name)
    if link.exists():
        # The kernel takes a pod's end of the cable a moment after the pod's last process.
        wait_until(lambda: not any((link / "brif").iterdir()), _GONE_S, f"{name} is unused")
        run("ip", "link", "delete", name)


def _remove_table(name: str, _: str) -> None:
    if succeeds("nft", "list", "table", *name.split()):
        run("nft", "delete", "table", *name.split())


def _restore_sysctl(name: str, before: str) -> None:
    if sysctl(name).read_text(encoding="utf-8").strip() != before:
        sysctl(name).write_text(before, encoding="utf-8")


def _remove_folder(name: str, _: str) -> None:
    with suppress(OSError):  # gone, or someone else keeps things in it by now
        Path(name).rmdir()


_UNDO: Mapping[str, Callable[[str, str], None]] = {
    "cgroup": _remove_cgroup,
    "namespace": _outlive_namespace,
    "link": _remove_link,
    "table": _remove_table,
    "sysctl": _restore_sysctl,
    "folder": _remove_folder,
}
"""In the order in which things are undone."""
