# SPDX-License-Identifier: Apache-2.0
"""A SIGTERM in the first moments of a server: a process among others, or a container's first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ci.images import contents
from support.models import write_double_onnx

if TYPE_CHECKING:
    from collections.abc import Callable

DELAYS_S = [*(step / 50 for step in range(15)), *(step / 20 for step in range(6, 17))]
"""From Python's start over the imports and the loading of the model to a server that is ready."""
AT_ONCE = 2
"""Processes beside each other: most of what such a test takes is delays."""
END_S = 10.0
"""A lost signal would leave the server up; whatever it loads, it ends long before."""
PAUSE = threading.Event()
"""Never set."""
POLL_S = 0.001
ENTRYPOINT = contents.server().entrypoint
SERVE = (sys.executable, "-m", "velaserve_runtime", "serve")
PORTS = ("--host", "127.0.0.1", "--http-port", "0", "--grpc-port", "0", "--drain-delay-s", "0")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_double_onnx(tmp_path_factory.mktemp("model")))


def start(model: str, *command: str) -> subprocess.Popen[bytes]:
    flags = (*PORTS, "--model-dir", model)
    return subprocess.Popen([*command, *flags], stderr=subprocess.DEVNULL)


def ends(end: Callable[[float], int]) -> dict[float, int]:
    """Delay -> exit code."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(DELAYS_S, pool.map(end, DELAYS_S), strict=True))


def end_after(delay_s: float, pid: int, process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that gets SIGTERM; -9 if it has not heard it."""
    PAUSE.wait(delay_s)  # the delay is what the test is about
    os.kill(pid, signal.SIGTERM)
    try:
        return process.wait(END_S)
    except subprocess.TimeoutExpired:
        os.kill(pid, signal.SIGKILL)
        return process.wait() and -signal.SIGKILL


def wait_for_handler(pid: int) -> None:
    """Until the process catches SIGTERM; before, it is the kernel that ends it."""
    caught = 0
    while not caught >> (signal.SIGTERM - 1) & 1:
        PAUSE.wait(POLL_S)
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        caught = int(status.partition("SigCgt:")[2].split()[0], 16)


def wait_for_python(parent: int) -> int:
    """The pid of the only child, once it is Python: not unshare or env any more."""
    while True:
        PAUSE.wait(POLL_S)
        for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split():
            if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(os.fsencode(sys.executable)):
                return int(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_process_ends_with_0_whenever_sigterm_comes(model: str) -> None:
    def end(delay_s: float) -> int:
        process = start(model, *SERVE)
        wait_for_handler(process.pid)
        return end_after(delay_s, process.pid, process)

    assert ends(end) == dict.fromkeys(DELAYS_S, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="process namespaces are Linux's")
@pytest.mark.skipif(os.geteuid() != 0, reason="a process namespace needs root")
def test_the_first_process_of_a_container_ends_with_0_whenever_sigterm_comes(model: str) -> None:
    started = [sys.executable if word == "python3" else word for word in ENTRYPOINT]

    def end(delay_s: float) -> int:
        unshare = start(model, "unshare", "--pid", "--fork", "--kill-child", *started)
        return end_after(delay_s, wait_for_python(unshare.pid), unshare)

    assert ends(end) == dict.fromkeys(DELAYS_S, 0)


def test_nothing_slow_comes_before_the_handler() -> None:
    program = "import sys, velaserve_runtime.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    slow = {"argparse", "asyncio", "email", "importlib.metadata", "numpy", "typing"}
    assert slow & set(done.stdout.split()) == set()
