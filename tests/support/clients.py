# SPDX-License-Identifier: Apache-2.0
"""Runs a client program of this folder in its own process and collects what it found wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SUPPORT = Path(__file__).parent
TIMEOUT_S = 120


def checks_of(program: str) -> list[str]:
    """Names of the check_* functions in `<program>.py`, which need not be importable here."""
    lines = (SUPPORT / f"{program}.py").read_text(encoding="utf-8").splitlines()
    begins = ("def check_", "async def check_")
    return [
        line.partition("def ")[2].partition("(")[0] for line in lines if line.startswith(begins)
    ]


def run_checks(program: str, port: int) -> dict[str, str]:
    """Check -> its traceback, empty when all was well."""
    found: dict[str, str] = json.loads(run_client(program, port).splitlines()[-1])
    return found


def run_client(program: str, *arguments: object) -> str:
    """What the program wrote to its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", f"support.{program}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
        cwd=SUPPORT.parent,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
