# SPDX-License-Identifier: Apache-2.0
"""`velaserve demo`, as its user meets it."""

import contextlib
import re
import socket
import subprocess
import sys
from pathlib import Path

from ci.tools.tree import ROOT
from support.up import variables, velaserve

WITHOUT_GRPC = """
import sys
sys.modules["grpc"] = None
from velaserve_runtime.cli import main
sys.exit(main(["demo"]))
"""
NOWHERE = dict.fromkeys(
    ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "grpc_proxy"),
    "http://127.0.0.1:9",
)


def test_both_wires_read_the_digit() -> None:
    ended = velaserve("demo", environment={"VELASERVE_INSTALL_S": "12.5"})
    assert ended.returncode == 0, ended.stderr
    assert "A handwritten 4 that the model has never seen:" in ended.stdout
    assert "REST  reads 4, " in ended.stdout
    assert "gRPC  reads 4, " in ended.stdout
    seconds = r"Seconds: install 12\.5, load \d+\.\d+, REST answer \d+\.\d+, gRPC answer \d+\.\d+"
    assert re.fullmatch(seconds, ended.stdout.splitlines()[-1])


def test_a_proxy_to_nowhere_and_8080_taken() -> None:
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # then another program holds it
            stack.enter_context(socket.create_server(("127.0.0.1", 8080)))
        ended = velaserve("demo", environment=NOWHERE)
    assert ended.returncode == 0, ended.stderr
    assert "port 8080 is taken; digits uses " in ended.stderr
    assert "REST  reads 4, " in ended.stdout
    assert "gRPC  reads 4, " in ended.stdout


def test_outside_a_checkout(tmp_path: Path) -> None:
    ended = velaserve("demo", cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "velaserve demo runs in a checkout" in ended.stderr


def test_without_the_extra_grpc() -> None:
    command = [sys.executable, "-c", WITHOUT_GRPC]
    ended = subprocess.run(
        command, cwd=ROOT, env=variables(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr == "velaserve: velaserve demo needs: pip install 'velaserve[onnx,grpc]'\n"


def test_without_unicode() -> None:
    ended = velaserve("demo", environment={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0, ended.stderr
    assert "####" in ended.stdout
