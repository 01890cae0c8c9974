# SPDX-License-Identifier: Apache-2.0
"""What a cluster needs of this machine, and what it could leave changed."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ci.cluster import cgroups, debian_packages
from ci.cluster.cgroups import hierarchies
from ci.cluster.commands import run
from ci.cluster.processes import start_time
from ci.cluster.settings import NAME
from ci.cluster.space import PRIVATE
from ci.tools import programs
from ci.tools.errors import ToolsError

_SYSCTLS = ("kernel", "vm", "net/ipv4/ip_forward", "net/netfilter", "net/bridge")
_MOVING = ("random", "stat", "nr_", "ns_last_pid", "count")  # the kernel's own counters


def lacking(*built: str) -> str:
    """Why no cluster can be made here now of programs that `make tools` builds; empty: it can."""
    if os.geteuid() != 0:
        return "needs root"
    if cgroups.exists(NAME):
        return "a cluster runs here: make cluster-down"
    if packages := debian_packages.missing():
        return debian_packages.install_line(packages)
    try:
        for name in built:
            programs.path(name)
    except ToolsError as err:
        return str(err)
    return ""


@dataclass(frozen=True)
class Machine:
    """Two of these are equal where nothing was left; a difference names itself."""

    mounts: frozenset[str]
    links: frozenset[str]
    tables: str
    namespaces: frozenset[str]
    cgroups: frozenset[str]
    sysctls: frozenset[tuple[str, str]]
    folders: frozenset[str]


def machine() -> Machine:
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return Machine(
        mounts=frozenset(mounts),
        links=frozenset(path.name for path in Path("/sys/class/net").iterdir()),
        tables=run("nft", "list", "ruleset"),
        namespaces=_namespaces(),
        cgroups=frozenset(str(path) for root in hierarchies() for path in root.iterdir()),
        sysctls=frozenset(_sysctls()),
        folders=frozenset(folder for folder in PRIVATE if Path(folder).exists()),
    )


def commands_with(text: str) -> list[str]:
    """The command lines of processes that name `text`: a cluster's all name its folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if text in line:
                found.append(line)
    return found


def _namespaces() -> frozenset[str]:
    """Of processes, mounts and networks, as far as a living process is in them."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        for kind in ("mnt", "net", "pid"):
            with suppress(OSError):
                namespace = str((process / "ns" / kind).readlink())
                if start_time(process.name):  # the dead linger until their parent looks
                    found.add(namespace)
    return frozenset(found)


def _sysctls() -> list[tuple[str, str]]:
    found = []
    for root in (Path("/proc/sys", name) for name in _SYSCTLS):
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.is_file() and not any(word in str(path) for word in _MOVING):
                with suppress(OSError, UnicodeDecodeError):
                    found.append((str(path), path.read_text(encoding="utf-8").strip()))
    return found
