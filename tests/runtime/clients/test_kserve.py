# SPDX-License-Identifier: Apache-2.0
"""kserve's clients, unchanged, in their own processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.clients import run_client
from support.models import write_echo_onnx
from support.server import running_server
from velaserve_runtime.protocol.datatypes import DATATYPES

if TYPE_CHECKING:
    from pathlib import Path

    from support.server import RunningServer


@pytest.mark.heavy
def test_rest(server: RunningServer) -> None:
    assert run_client("kserve_rest", server.http_port) == "OK\n"


@pytest.mark.heavy
@pytest.mark.parametrize("wire", ["rest", "grpc"])
def test_every_datatype(tmp_path: Path, wire: str) -> None:
    for datatype in DATATYPES:
        write_echo_onnx(tmp_path / f"echo_{datatype}" / "1", datatype)
    with running_server("--model-repository", str(tmp_path)) as server:
        port = server.http_port if wire == "rest" else server.grpc_port
        assert run_client("kserve_datatypes", wire, port) == "OK\n"
