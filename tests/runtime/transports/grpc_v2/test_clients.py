# SPDX-License-Identifier: Apache-2.0
"""The clients people have, unchanged, each in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import grpc_server

if TYPE_CHECKING:
    from support.grpc_server import Served

SUPPORT = Path(grpc_server.__file__).parent
TRITON_CHECKS = [
    line.split("(")[0].removeprefix("def ")
    for line in (SUPPORT / "triton_grpc.py").read_text(encoding="utf-8").splitlines()
    if line.startswith("def check_")
]


def run_client(script: str, port: int) -> str:
    command = [sys.executable, str(SUPPORT / script), str(port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tritonclient_found(served: Served) -> dict[str, str]:
    pytest.importorskip("tritonclient")
    found: dict[str, str] = json.loads(
        run_client("triton_grpc.py", served.server.grpc_port).splitlines()[-1]
    )
    return found


@pytest.mark.parametrize("check", TRITON_CHECKS)
def test_tritonclient(tritonclient_found: dict[str, str], check: str) -> None:
    assert not tritonclient_found[check]


@pytest.mark.heavy
def test_kserve(served: Served) -> None:
    assert run_client("kserve_grpc.py", served.server.grpc_port) == "OK\n"
