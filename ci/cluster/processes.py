# SPDX-License-Identifier: Apache-2.0
"""What the kernel says about a process."""

from pathlib import Path


def start_time(pid: int | str) -> int:
    """In clock ticks since boot; 0 for a process that has ended, waited for or not."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[19])
