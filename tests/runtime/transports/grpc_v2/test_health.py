# SPDX-License-Identifier: Apache-2.0
"""grpc.health.v1 from outside."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import grpc
import pytest

from support.grpc_client import GrpcClient, infer_payload, refusal_of
from support.models import write_double_onnx
from support.server import running_server, serve_folder
from velaserve_runtime.protocol.grpc_messages import decode, encode

if TYPE_CHECKING:
    from pathlib import Path

CHECK, WATCH = "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"


def request(service: str) -> bytes:
    return encode("grpc.health.v1.HealthCheckRequest", {"service": service})


def status(answer: bytes) -> object:
    return decode("grpc.health.v1.HealthCheckResponse", answer)["status"]


@pytest.mark.parametrize("service", ["", "inference.GRPCInferenceService"])
def test_a_ready_server_serves(client: GrpcClient, service: str) -> None:
    assert status(client.unary(CHECK, request(service))) == "SERVING"


def test_an_unknown_service(client: GrpcClient) -> None:
    assert client.refusal(CHECK, request("other")).code == "NOT_FOUND"
    watched = client.stream(WATCH, [request("other")])
    assert status(next(watched)) == "SERVICE_UNKNOWN"


def test_watch_tells_of_the_drain(tmp_path: Path) -> None:
    folder = tmp_path / "double" / "1"
    folder.mkdir(parents=True)
    write_double_onnx(folder)
    with running_server(*serve_folder(tmp_path, "--drain-delay-s", "60")) as server:
        client = GrpcClient(server.grpc_port)
        watched = client.stream(WATCH, [request("")])
        assert status(next(watched)) == "SERVING"
        server.process.send_signal(signal.SIGTERM)
        assert status(next(watched)) == "NOT_SERVING"
        assert client.infer(infer_payload("double"))["model_name"] == "double"
        server.process.send_signal(signal.SIGINT)  # ends the drain delay
        with pytest.raises(grpc.RpcError) as ended:
            next(watched)
        assert refusal_of(ended.value).code == "UNAVAILABLE"
        client.close()
