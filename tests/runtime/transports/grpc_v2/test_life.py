# SPDX-License-Identifier: Apache-2.0
"""Start and stop of the engine, and its limits, from outside."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

import grpc
import pytest

from support.grpc_client import INFER, GrpcClient, infer_payload
from support.models import write_double_onnx
from support.server import running_server, serve_folder, spawn_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.grpc_server import Gated

MEBIBYTE = 1 << 20
IN_FLIGHT = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = tmp_path_factory.mktemp("grpc-life")
    version = repository / "double" / "1"
    version.mkdir(parents=True)
    write_double_onnx(version)
    return repository


@pytest.fixture(scope="module")
def small(folder: Path) -> Iterator[GrpcClient]:
    flags = serve_folder(folder, "--max-body-bytes", str(MEBIBYTE), "--max-head-bytes", "2048")
    with running_server(*flags) as server:
        client = GrpcClient(server.grpc_port)
        yield client
        client.close()


def test_calls_in_flight_are_answered_on_sigterm(gated: Gated) -> None:
    first = gated.client.start_infer(infer_payload("gated"))
    gated.model.wait_entered()
    rest = [gated.client.start_infer(infer_payload("gated")) for _ in range(IN_FLIGHT - 1)]
    gated.wait_for("nv_inference_pending_request_count", IN_FLIGHT - 1)
    gated.server.process.send_signal(signal.SIGTERM)
    gated.model.release(IN_FLIGHT)
    assert all(call.result() for call in [first, *rest])
    assert gated.server.wait() == 0


def test_a_taken_port_ends_the_server(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = spawn_server(*serve_folder(folder, "--grpc-port", port))
        assert server.wait() == 2
        assert f"port {port} on 127.0.0.1 is taken" in str(server.lines)


def test_a_port_is_not_shared(folder: Path) -> None:
    with running_server(*serve_folder(folder)) as first:
        port = str(first.grpc_port)
        second = spawn_server(*serve_folder(folder, "--grpc-port", port))
        assert second.wait() == 2


@pytest.mark.parametrize("compression", [grpc.Compression.NoCompression, grpc.Compression.Gzip])
def test_a_large_message_is_refused(small: GrpcClient, compression: grpc.Compression) -> None:
    refusal = small.refusal(INFER, bytes(MEBIBYTE + 1), compression=compression)
    assert refusal.code == "RESOURCE_EXHAUSTED"
    assert small.infer(infer_payload("double"))


def test_large_metadata_is_refused(small: GrpcClient) -> None:
    refusal = small.refusal(INFER, infer_payload("double"), metadata=[("big", "x" * 4000)])
    assert refusal.code == "RESOURCE_EXHAUSTED"
    assert small.infer(infer_payload("double"))
