# SPDX-License-Identifier: Apache-2.0
"""Calls of the simulator in all processes that have its variable ASCENDSIM_CALLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.eventually import eventually

if TYPE_CHECKING:
    from pathlib import Path

COMPILE = "aclgrphBuildModel"


class CallLog:
    """A file, to which the simulator appends a line for each call."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def count(self, call: str) -> int:
        return len(self.pids(call))

    def pids(self, call: str) -> list[int]:
        """The process of each call, in order."""
        text = self.file.read_text() if self.file.exists() else ""
        lines = [line.split() for line in text.splitlines()]
        return [int(pid) for pid, name in lines if name == call]

    def wait_for(self, call: str, count: int = 1) -> list[int]:
        """The processes, once there were so many calls."""
        return eventually(lambda: self.pids(call), lambda seen: len(seen) >= count, 60, call)
