# SPDX-License-Identifier: Apache-2.0
"""A server whose pod has a card that none of its backends can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.grpc_client import INFER, GrpcClient
from support.models import write_double_onnx
from support.server import running_server, serve_folder, spawn_server
from support.wires import Wires, payload, request, x

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.server import RunningServer

HEADER = "velaserve-fallback-from"
REASON = "no backend of this server runs onnx on nvidia (backends for nvidia: python)"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_double_onnx(folder / "double" / "1")
    return folder


@pytest.fixture(scope="module")
def wires(models: Path) -> Iterator[Wires]:
    flags = serve_folder(models, "--device", "nvidia")
    with running_server(*flags, VELASERVE_FALLBACK_POLICY="fallback") as server:
        yield Wires(server, GrpcClient(server.grpc_port))


def trailers(client: GrpcClient) -> dict[str, str]:
    _, call = client.channel.unary_unary(INFER).with_call(payload(request(x())), timeout=60)
    return {entry.key: entry.value for entry in call.trailing_metadata()}


def test_every_answer_says_it_on_both_wires(wires: Wires) -> None:
    answer = wires.rest(request(x()))
    assert (answer.status, answer.headers.get(HEADER)) == (200, "nvidia")
    binary = {"binary_data_output": True}
    assert wires.rest(request(x(), parameters=binary)).headers.get(HEADER) == "nvidia"
    assert trailers(wires.client).get(HEADER) == "nvidia"


def test_metadata_and_statistics_say_it_on_both_wires(wires: Wires) -> None:
    metadata: Any = wires.server.request("GET", "/v2/models/double").json
    [stats] = wires.server.request("GET", "/v2/models/double/stats").json["model_stats"]
    told = wires.client.control("ModelMetadata", name="double")["properties"]
    for placement in (metadata["properties"], stats["placement"], told):
        assert (placement["device"], placement["fallback_from"]) == ("cpu", "nvidia")
        assert placement["fallback_reason"] == REASON


def test_the_log_says_it_once(wires: Wires) -> None:
    [line] = wires.server.find("model runs on the CPU")
    assert (line["level"], line["model"], line["version"]) == ("warning", "double", "1")
    assert (line["device"], line["reason"]) == ("nvidia", REASON)


def test_a_server_without_a_card_says_nothing_of_it(models: Path) -> None:
    with running_server(*serve_folder(models)) as server:
        told = Wires(server, GrpcClient(server.grpc_port))
        assert HEADER not in told.rest(request(x())).headers
        assert HEADER not in trailers(told.client)
        assert server.find("model runs on the CPU") == []
        metadata = server.request("GET", "/v2/models/double").json
        assert "fallback_from" not in metadata["properties"]


def assert_refused(reason: str) -> None:
    for word in ("'double'", "device nvidia", "backends for nvidia: python", "fallbackPolicy"):
        assert word in reason


def test_strict_ends_a_server_of_one_model(models: Path, tmp_path: Path) -> None:
    log = tmp_path / "termination-log"
    log.touch()
    flags = ("--model-dir", str(models / "double"), "--device", "nvidia")
    server: RunningServer = spawn_server(*flags, "--termination-log", str(log))
    assert server.wait() == 1
    assert_refused(log.read_text(encoding="utf-8"))


def test_strict_leaves_a_repository_up_and_not_ready(models: Path) -> None:
    with running_server(*serve_folder(models, "--device", "nvidia")) as server:
        assert server.request("GET", "/v2/health/ready").status == 503
        answer = Wires(server, GrpcClient(server.grpc_port)).rest(request(x()))
        assert answer.status == 503
        assert_refused(answer.json["error"])
