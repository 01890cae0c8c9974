# SPDX-License-Identifier: Apache-2.0
"""Connections, bytes in flight and idle time are bounded, each with an honest refusal."""

from __future__ import annotations

import gzip
import json
import socket
from typing import TYPE_CHECKING

import pytest

from support.models import write_double_onnx
from support.server import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = {"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}]}


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("tight") / "double"
    write_double_onnx(folder)
    limits = ("--max-connections", "3", "--max-inflight-bytes", "2000")
    idle = ("--keep-alive-timeout-s", "0.5", "--body-timeout-s", "0.5", "--access-log")
    with running_server("--model-dir", str(folder), *limits, *idle) as server:
        yield server


def connect(server: RunningServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.http_port), timeout=30)


def test_one_connection_too_many_is_503(tight: RunningServer) -> None:
    held = [connect(tight) for _ in range(3)]
    with connect(tight) as one:
        answer = one.recv(65536)
        assert answer.startswith(b"HTTP/1.1 503 "), answer
        assert b"3 connections are open already" in answer
    for one in held:
        one.close()
    while tight.request("GET", "/v2/health/live").status != 200:
        pass  # the server has not seen them leave yet


def test_bytes_in_flight_over_the_limit_are_503(tight: RunningServer) -> None:
    text = json.dumps({**BODY, "id": "x" * 3000})
    answer = tight.request("POST", "/v2/models/double/infer", text)
    assert answer.status == 503, answer
    assert "--max-inflight-bytes" in answer.json["error"]
    assert tight.infer("double", BODY).status == 200, "nothing of it is held any more"


def test_large_tensors_of_a_small_body_count_too(tight: RunningServer) -> None:
    rows = 2000
    entry = {"name": "x", "shape": [rows, 4], "datatype": "FP32", "data": [0] * rows * 4}
    body = gzip.compress(json.dumps({"inputs": [entry]}).encode())
    assert len(body) < 2000
    headers = {"Content-Encoding": "gzip"}
    answer = tight.request("POST", "/v2/models/double/infer", body, headers)
    assert answer.status == 503, answer
    assert "velaserve_inflight_bytes 0" in tight.request("GET", "/metrics").body.decode()


def test_an_idle_connection_is_closed(tight: RunningServer) -> None:
    with connect(tight) as one:
        one.sendall(b"GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        assert one.recv(65536).startswith(b"HTTP/1.1 200 ")
        assert one.recv(65536) == b""


def test_a_body_that_does_not_come_is_408(tight: RunningServer) -> None:
    with connect(tight) as one:
        one.sendall(b"POST /v2/models/double/infer HTTP/1.1\r\nContent-Length: 9\r\n\r\n{")
        assert one.recv(65536).startswith(b"HTTP/1.1 408 ")


def test_every_refusal_is_counted(tight: RunningServer) -> None:
    with connect(tight) as one:
        one.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000)
        assert one.recv(65536).startswith(b"HTTP/1.1 431 ")
    text = tight.request("GET", "/metrics").body.decode()
    for reason in ("too_large", "too_slow", "connections", "queue_full"):
        assert f'velaserve_refusals_total{{reason="{reason}"}}' in text, text


def test_the_access_log_names_the_request(tight: RunningServer) -> None:
    assert tight.infer("double", {**BODY, "id": "traced-1"}).status == 200
    while not any(line.get("id") == "traced-1" for line in tight.find("request")):
        assert tight.process.poll() is None
    line = next(line for line in tight.find("request") if line.get("id") == "traced-1")
    assert (line["method"], line["status"]) == ("POST", 200)
    assert line["ms"] >= 0
