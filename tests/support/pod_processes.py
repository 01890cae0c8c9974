# SPDX-License-Identifier: Apache-2.0
"""The processes of a pod of the local cluster."""

from __future__ import annotations

from pathlib import Path

from ci.cluster import cgroups
from ci.cluster.settings import NAME


def processes(uid: str) -> set[int]:
    """Of the pod's containers; the one that only keeps its network is not among them."""
    found = {
        folder.relative_to(root)
        for root in cgroups.hierarchies()
        for folder in (root / NAME).glob(f"**/pod{uid}")
    }
    members = set().union(*(cgroups.members(str(folder)) for folder in found))
    return {pid for pid in members if b"pause" not in Path(f"/proc/{pid}/cmdline").read_bytes()}
