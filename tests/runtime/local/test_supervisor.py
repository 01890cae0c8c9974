# SPDX-License-Identifier: Apache-2.0
"""Server processes: started, watched, stopped."""

import asyncio
import socket
from pathlib import Path

import pytest

from support.models import write_double_onnx
from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.rest_client import call
from velaserve_runtime.local.served_model import ServedModel
from velaserve_runtime.local.session import serve
from velaserve_runtime.local.supervisor import Listen, Running, Supervisor

QUIET = Console(quiet=True)


@pytest.fixture
def double(tmp_path: Path) -> ServedModel:
    return ServedModel("double", "double", "onnx", write_double_onnx(tmp_path), {})


def run(model: ServedModel, listen: Listen) -> Running:
    """Serves the model just long enough to ask whether it is ready."""
    seen: list[Running] = []

    async def use(_supervisor: Supervisor, servers: list[Running], _console: Console) -> None:
        seen.extend(servers)
        metadata = await asyncio.to_thread(call, servers[0].address, "/v2/models/double")
        assert metadata["name"] == "double"

    assert asyncio.run(serve([model], listen, QUIET, use)) == 0
    return seen[0]


def test_rest_only(double: ServedModel) -> None:
    address = run(double, Listen("127.0.0.1", 0, None)).address
    assert (address.grpc_port, address.grpc) == (None, "-")


def test_every_interface_is_reached_over_loopback(double: ServedModel) -> None:
    address = run(double, Listen("0.0.0.0", 0, 0)).address
    assert address.rest == f"http://127.0.0.1:{address.http_port}"
    assert address.grpc == f"127.0.0.1:{address.grpc_port}"


def test_a_port_that_another_program_took_first(
    double: ServedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("velaserve_runtime.local.ports.is_free", lambda _host, _port: True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(double, Listen("127.0.0.1", port, None)).address.http_port > port


def test_a_request_that_fails(double: ServedModel) -> None:
    async def use(_supervisor: Supervisor, servers: list[Running], _console: Console) -> None:
        await asyncio.to_thread(call, servers[0].address, "/v2/models/triple")

    with pytest.raises(LocalError, match=r"REST request to .*/v2/models/triple failed: status 404"):
        asyncio.run(serve([double], Listen("127.0.0.1", 0, None), QUIET, use))
