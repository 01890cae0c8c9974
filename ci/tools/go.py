# SPDX-License-Identifier: Apache-2.0
"""Runs the go command."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping

from ci.tools.errors import NotReady

NEEDED = (1, 25, 8)  # by KServe's go.mod
STOPPING = (signal.SIGINT, signal.SIGTERM)


def check_go() -> None:
    """Go is there and new enough.

    Raises:
        NotReady: it is not.
    """
    needed = ".".join(map(str, NEEDED))
    if shutil.which("go") is None:
        raise NotReady(f"there is no go on PATH: install Go {needed} or later, then run this again")
    found = go("env", "GOVERSION").stdout.strip()
    if tuple(map(int, re.findall(r"\d+", found)[:3])) < NEEDED:
        raise NotReady(f"Go {needed} or later is needed, found {found}: install a newer Go")


def go(
    *args: str, env: Mapping[str, str] | None = None, lock: int | None = None
) -> subprocess.CompletedProcess[str]:
    """What it ended with and printed. It holds on to `lock`, a descriptor, until it ends.

    Raises:
        NotReady: there is no go command.
    """
    # A signal in the middle of Popen would leave a process that nobody knows of. Go inherits the
    # mask and is ended from here, by a signal that none can block.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        process = _start(args, os.environ | {"GOWORK": "off"} | dict(env or {}), lock)
        return _result(process, before)
    except FileNotFoundError as err:
        raise NotReady("there is no go on PATH") from err
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(args: Iterable[str], env: Mapping[str, str], lock: int | None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["go", *args],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=() if lock is None else (lock,),
        start_new_session=True,
    )


def _result(
    process: subprocess.Popen[str], mask: Iterable[int]
) -> subprocess.CompletedProcess[str]:
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        out, err = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # its compilers too: they would go on
        process.wait()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
