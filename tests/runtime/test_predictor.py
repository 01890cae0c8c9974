# SPDX-License-Identifier: Apache-2.0
"""A Python model in front of another server's model, as KServe starts a transformer."""

from __future__ import annotations

import json
import select
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.models import write_double_onnx, write_echo_python, write_failing_python, write_python
from support.server import running_server, serve_folder
from velaserve_runtime.predictor import Predictor
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.server import RunningServer

TRANSFORMER = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def predict(self, inputs):
        answer = self.predictor.infer({"x": inputs["x"] + 1})
        return {"y": answer["y"] * 10}
"""
REQUEST = {"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 4], "data": [0, 1, 2, 3]}]}


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[RunningServer]:
    folder = tmp_path / "behind"
    write_double_onnx(folder / "digits" / "1")
    write_echo_python(folder / "echo" / "1")
    write_failing_python(folder / "failing" / "1")
    flags = ("--allow-python-models", "--keep-alive-timeout-s=0.2")
    with running_server(*serve_folder(folder, *flags)) as server:
        yield server


def test_request_goes_through_both(behind: RunningServer, tmp_path: Path) -> None:
    """With the arguments that KServe appends, whose spelling and repetition are its own."""
    write_python(tmp_path / "front", TRANSFORMER)
    flags = ("--model-dir", str(tmp_path / "front"), "--allow-python-models", "--model_name=digits")
    host = f"127.0.0.1:{behind.http_port}"
    appended = ("--predictor_host", host, "--http_port", "8080", "--http_port", "0")
    with running_server(*flags, *appended) as front:
        answer = front.request("POST", "/v2/models/digits/infer", json.dumps(REQUEST))
        assert answer.status == 200, answer.body
        assert json.loads(answer.body)["outputs"][0]["data"] == [20, 40, 60, 80]


def test_every_datatype_comes_back(behind: RunningServer) -> None:
    predictor = Predictor(f"127.0.0.1:{behind.http_port}", "echo")
    batch = {
        name: np.array([[b"\xff", b""]], np.object_)
        if name == "BYTES"
        else np.array([[0, 1]], datatype.dtype)
        for name, datatype in DATATYPES.items()
    }
    answer = predictor.infer(batch)
    predictor.close()
    assert {name: array.tolist() for name, array in answer.items()} == {
        f"{name}_out": array.tolist() for name, array in batch.items()
    }


def test_connection_that_the_server_has_closed_is_opened_again(behind: RunningServer) -> None:
    predictor = Predictor(f"127.0.0.1:{behind.http_port}", "digits")
    batch = {"x": np.ones((1, 4), np.float32)}
    predictor.infer(batch)
    kept = predictor._connection.sock
    assert select.select([kept], [], [], 30)[0], "the server has not closed the idle connection"
    predictor.infer(batch)
    predictor.close()


def test_what_the_model_refuses_is_the_client_s_mistake(behind: RunningServer) -> None:
    predictor = Predictor(f"127.0.0.1:{behind.http_port}", "digits")
    with pytest.raises(InvalidRequest, match=r"predictor 127.0.0.1:\d+: 400: "):
        predictor.infer({"x": np.ones((1, 5), np.float32)})
    with pytest.raises(InvalidRequest, match="digits has no input 'z': x"):
        predictor.infer({"z": np.ones((1, 4), np.float32)})
    predictor.close()


def test_failure_of_the_model_is_a_failure(behind: RunningServer) -> None:
    predictor = Predictor(f"127.0.0.1:{behind.http_port}", "failing")
    with pytest.raises(ModelFailed, match=r"predictor 127.0.0.1:\d+: 500: "):
        predictor.infer({"x": np.ones((1, 4), np.float32)})
    predictor.close()


def test_no_server_is_a_failure() -> None:
    with pytest.raises(ModelFailed, match=r"predictor 127.0.0.1:1: .*refused"):
        Predictor("127.0.0.1:1", "digits").infer({"x": np.ones((1, 4), np.float32)})
