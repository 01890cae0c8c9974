# SPDX-License-Identifier: Apache-2.0
"""A real `velaserve up` process, for tests of what its user sees."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ci.tools.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VELASERVE = (sys.executable, "-m", "velaserve_runtime")
END_TIMEOUT_S = 60
DIGITS = "applications/digits.yaml"
DIGITS_CLAIM = ("--pvc", "models=applications/models")


def velaserve(
    *arguments: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command that ends by itself."""
    return subprocess.run(
        [*VELASERVE, *arguments],
        cwd=cwd,
        env=variables(environment),
        capture_output=True,
        text=True,
        timeout=END_TIMEOUT_S,
        check=False,
    )


def variables(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what changes the output."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONUTF8": "1", **(more or {})}


class Up:
    """The process; `out` and `err` grow while it says how it can be used."""

    def __init__(self, process: subprocess.Popen[str], last_hint: str) -> None:
        self.process = process
        self.err = ""
        self.wait_for(last_hint)
        self.out = _written(process)

    def wait_for(self, hint: str) -> None:
        """Returns when a line on stderr has it."""
        for line in self.process.stderr or ():
            self.err += line
            if hint in line:
                return
        raise AssertionError(f"velaserve up ended with {self.process.wait()}: {self.err}")

    @property
    def http_ports(self) -> list[int]:
        """In the order of the table's rows."""
        return [int(port) for port in re.findall(r" http://[^ ]+:(\d+) ", self.out)]

    @property
    def grpc_ports(self) -> list[int]:
        return [int(port) for port in re.findall(r" 127\.0\.0\.1:(\d+) ", self.out)]

    @property
    def server_pids(self) -> list[int]:
        return [int(pid) for pid in re.findall(r"process (\d+) loads", self.err)]

    def end(self, number: int | None = None) -> int:
        """Sends the signal, if any, and waits; the rest of the output is in `out` and `err`."""
        if number is not None:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=END_TIMEOUT_S)
        self.out += out
        self.err += err
        return self.process.returncode


def _written(process: subprocess.Popen[str]) -> str:
    """What is in the pipe of stdout now; results come before the last hint."""
    assert process.stdout
    os.set_blocking(process.stdout.fileno(), False)
    try:
        return os.read(process.stdout.fileno(), 1 << 20).decode()
    except BlockingIOError:
        return ""
    finally:
        os.set_blocking(process.stdout.fileno(), True)


@contextmanager
def up(
    *arguments: str,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    last_hint: str = "serving until",
) -> Iterator[Up]:
    """`velaserve up …` until it serves; killed at the end if the test has not stopped it."""
    process = subprocess.Popen(
        [*VELASERVE, "up", *arguments],
        cwd=cwd,
        env=variables(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Up(process, last_hint)
        finally:
            process.kill()
