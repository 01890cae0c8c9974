# SPDX-License-Identifier: Apache-2.0
"""Load, reload and unload over a real server, under traffic."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from support.models import GatedModel, write_double_onnx, write_python
from support.server import RunningServer, running_server

if TYPE_CHECKING:
    from pathlib import Path

BODY = json.dumps(
    {"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}]}
)
KNOTTED = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("frozen", "FP32", (-1, 4)),)

    def load(self, directory):
        self.itself, self.folder = self, directory

    def predict(self, inputs):
        import gc
        return {"frozen": 0 * inputs["x"] + gc.get_freeze_count()}

    def __del__(self):
        (self.folder / "collected").touch()
"""
"""Tells how many objects the garbage collector does not look at; only it can free the model."""
CLIENTS = 8
RELOADS = 10


def operate(server: RunningServer, name: str, operation: str) -> int:
    return server.request("POST", f"/v2/repository/models/{name}/{operation}").status


class Traffic:
    """Clients that ask without a pause; each answer is (status, version, first output)."""

    def __init__(self, server: RunningServer) -> None:
        self.answers: Counter[tuple[int, str, float]] = Counter()
        self._port = server.http_port
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._ended.is_set():
            connection.request("POST", "/v2/models/double/infer", BODY)
            response = connection.getresponse()
            answer = json.loads(response.read())
            output = answer["outputs"][0]["data"][0] if response.status == 200 else 0
            with self._lock:
                self.answers[response.status, answer.get("model_version", ""), output] += 1
        connection.close()


def test_reload_under_traffic_loses_nothing(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1", factor=1)
    with running_server("--model-repository", str(tmp_path)) as server, Traffic(server) as traffic:
        for version in range(2, RELOADS + 2):
            write_double_onnx(tmp_path / "double" / str(version), factor=version)
            assert operate(server, "double", "load") == 200
            assert server.infer("double", json.loads(BODY)).json["model_version"] == str(version)
    seen = traffic.answers
    assert all(status == 200 for status, _, _ in seen), seen
    assert all(float(version) == output for _, version, output in seen), seen
    assert len(seen) > 3, "the traffic met several versions"


def test_what_is_loaded_is_kept_from_the_collector_and_freed_when_unloaded(tmp_path: Path) -> None:
    folder = tmp_path / "knotted" / "1"
    write_python(folder, KNOTTED)
    flags = ("--model-repository", str(tmp_path), "--allow-python-models")
    with running_server(*flags) as server:
        answer = server.infer("knotted", json.loads(BODY)).json
        assert answer["outputs"][0]["data"][0] > 1000
        assert operate(server, "knotted", "unload") == 200
        assert (folder / "collected").exists()


def test_a_failing_reload_keeps_what_serves(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1")
    with running_server("--model-repository", str(tmp_path)) as server:
        broken = tmp_path / "double" / "2"
        broken.mkdir()
        (broken / "model.onnx").write_bytes(b"no model")
        answer = server.request("POST", "/v2/repository/models/double/load")
        assert answer.status == 400, answer
        assert "model.onnx" in answer.json["error"]
        assert server.infer("double", json.loads(BODY)).json["model_version"] == "1"
        assert server.request("GET", "/v2/health/ready").status == 200
        row = server.request("POST", "/v2/repository/index").json[0]
        assert (row["state"], "model.onnx" in row["reason"]) == ("READY", True)


def test_unload_and_load_again(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1")
    with running_server("--model-repository", str(tmp_path)) as server:
        assert operate(server, "double", "unload") == 200
        answer = server.infer("double", json.loads(BODY))
        assert (answer.status, "unloaded" in answer.json["error"]) == (503, True), answer
        assert server.request("GET", "/v2/health/ready").status == 503, "nothing serves"
        assert operate(server, "double", "load") == 200
        assert server.infer("double", json.loads(BODY)).status == 200


def test_a_model_that_came_later_can_be_loaded(tmp_path: Path) -> None:
    with running_server("--model-repository", str(tmp_path)) as server:
        write_double_onnx(tmp_path / "double" / "1")
        assert operate(server, "double", "load") == 200
        assert server.request("GET", "/v2/health/ready").status == 200


def test_unload_answers_what_it_has_accepted(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    gated.release(1000)
    with running_server("--model-repository", str(tmp_path), "--allow-python-models") as server:
        gated.forget()
        answers: list[int] = []
        ask = threading.Thread(
            target=lambda: answers.append(server.infer("slow", json.loads(BODY)).status)
        )
        unload = threading.Thread(target=lambda: answers.append(operate(server, "slow", "unload")))
        ask.start()
        gated.wait_entered()
        unload.start()
        while server.request("GET", "/v2/models/slow/ready").status == 200:
            pass
        assert server.infer("slow", json.loads(BODY)).status == 503
        assert not answers, "both wait for the request in flight"
        gated.release()
        ask.join()
        unload.join()
        assert answers == [200, 200]


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%2f..", ".hidden", "a%2fb", "nobody"])
def test_names_never_leave_the_repository(tmp_path: Path, name: str) -> None:
    write_double_onnx(tmp_path / "models" / "double" / "1")
    write_double_onnx(tmp_path / "models" / ".hidden" / "1")
    write_double_onnx(tmp_path / "outside" / "1")
    with running_server("--model-repository", str(tmp_path / "models")) as server:
        assert operate(server, name, "load") == 404


def test_operations_are_off_beyond_loopback(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1")
    flags = ("--model-repository", str(tmp_path))
    with running_server(*flags, "--host", "0.0.0.0") as server:
        answer = server.request("POST", "/v2/repository/models/double/unload")
        assert answer.status == 403
        assert "--repository-api data-port" in answer.json["error"]
        assert server.request("POST", "/v2/repository/index").status == 200
    with running_server(*flags, "--repository-api", "admin-port", "--admin-port", "0") as server:
        assert operate(server, "double", "unload") == 403
        admin = http.client.HTTPConnection("127.0.0.1", server.find("ready")[0]["admin_port"])
        admin.request("POST", "/v2/repository/models/double/unload")
        assert admin.getresponse().status == 200
        admin.close()
