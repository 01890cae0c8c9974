# SPDX-License-Identifier: Apache-2.0
"""`velaserve up`, as its user meets it: real processes, real requests."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci.tools.tree import ROOT
from support.models import GatedModel, write_double_onnx, write_double_python
from support.up import DIGITS, DIGITS_CLAIM, up, velaserve

Json = dict[str, Any]
ALLOW_PYTHON = {"VELASERVE_ALLOW_PYTHON_MODELS": "true"}
ANY_PORT = ("--http-port", "0", "--grpc-port", "0")

MISTAKES = (
    ("modelUri:", "modelUrl:"),
    ("name: onnx", "name: onx"),
    ("maxBatchSize:", "maxBatchSzie:"),
)


def component(name: str, uri: str, **properties: object) -> Json:
    model_format = properties.pop("modelFormat", {"name": "onnx"})
    given = {"modelUri": uri, "modelFormat": model_format, **properties}
    return {"name": name, "type": "model-serving", "properties": given}


def write_application(folder: Path, *components: Json) -> str:
    application = {
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": "Application",
        "metadata": {"name": "app"},
        "spec": {"components": list(components)},
    }
    file = folder / "app.yaml"
    file.write_text(yaml.safe_dump(application), encoding="utf-8")
    return str(file)


def send(port: int, model: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    tensor = {"name": "x", "datatype": "FP32", "shape": [1, 4], "data": [1, 2, 3, 4]}
    connection.request("POST", f"/v2/models/{model}/infer", json.dumps({"inputs": [tensor]}))
    return connection


def infer(port: int, model: str) -> object:
    with contextlib.closing(send(port, model)) as connection:
        answer = json.loads(connection.getresponse().read())
    return answer["outputs"][0]["data"]


def test_the_table_and_a_request_to_copy() -> None:
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT) as served:
        head, row, _, hint, line = served.out.splitlines()
        assert head.split() == ["COMPONENT", "MODEL", "FORMAT", "REST", "gRPC", "STATE"]
        assert row.split()[:3] == ["digits", "digits", "onnx"]
        assert row.split()[-1] == "ready"
        assert hint == "Try it:"
        answer = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
        assert json.loads(answer.stdout)["model_version"] == "2"
        assert served.end(signal.SIGTERM) == 0


def test_ctrl_c() -> None:
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT) as served:
        assert served.end(signal.SIGINT) == 130
        assert served.err.endswith("stopping\n")


def test_three_mistakes_three_findings(tmp_path: Path) -> None:
    text = (ROOT / DIGITS).read_text("utf-8")
    for right, wrong in MISTAKES:
        assert right in text
        text = text.replace(right, wrong)
    (tmp_path / "app.yaml").write_text(text, encoding="utf-8")
    ended = velaserve("up", "app.yaml", cwd=tmp_path)
    assert ended.returncode == 1
    found = re.findall(r"^app.yaml:(\d+):(\d+): error.*'(\w+)'\?$", ended.stdout, re.M)
    assert found == [("12", "9", "modelUri"), ("13", "29", "onnx"), ("14", "20", "maxBatchSize")]
    assert ended.stderr == "velaserve: app.yaml has errors; nothing was started\n"


def test_taken_ports_mean_the_next_free_ones() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ports = ("--http-port", str(port), "--grpc-port", str(port))
        with up(DIGITS, *DIGITS_CLAIM, *ports) as served:
            (http_port,), (grpc_port,) = served.http_ports, served.grpc_ports
            assert port < http_port < grpc_port
            assert f"port {port} is taken; digits uses {http_port}\n" in served.err
            assert f"port {port} is taken; digits uses {grpc_port}\n" in served.err


def test_one_server_for_each_model(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double")
    write_double_onnx(tmp_path / "triple", factor=3)
    file = write_application(
        tmp_path,
        component("double", "file://double"),
        component("other", "file://triple", modelName="triple", minReplicas=3),
    )
    with up(file, *ANY_PORT) as served:
        first, second = served.http_ports
        assert infer(first, "double") == [2, 4, 6, 8]
        assert infer(second, "triple") == [3, 6, 9, 12]
        assert "other: one process without limits here" in served.err
        assert "minReplicas: 3" in served.err


def test_the_component_s_environment_reaches_its_server(tmp_path: Path) -> None:
    write_double_python(tmp_path / "double")
    properties: Json = {"modelFormat": {"name": "python"}, "env": ALLOW_PYTHON}
    file = write_application(tmp_path, component("double", "file://double", **properties))
    with up(file, *ANY_PORT) as served:
        assert infer(served.http_ports[0], "double") == [2, 4, 6, 8]


def test_a_bad_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "model.onnx").write_bytes(b"no model")
    file = write_application(tmp_path, component("bad", "file://bad"))
    ended = velaserve("up", file, *ANY_PORT)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "the server of component 'bad' ended with exit code 1: " in ended.stderr
    assert "model.onnx" in ended.stderr


def test_a_bad_model_stops_the_good_one(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "good")
    (tmp_path / "empty").mkdir()
    components = component("good", "file://good"), component("empty", "file://empty")
    assert velaserve("up", write_application(tmp_path, *components), *ANY_PORT).returncode == 1


def test_a_server_that_dies() -> None:
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT) as served:
        (pid,) = served.server_pids
        os.kill(pid, signal.SIGKILL)
        assert served.end() == 1
        assert "the server of component 'digits' was killed by signal 9" in served.err


def test_no_server_outlives_up() -> None:
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT) as served:
        connection = socket.create_connection(("127.0.0.1", served.http_ports[0]))
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
        assert connection.recv(1) == b""
        connection.close()


def test_a_second_ctrl_c_does_not_wait(tmp_path: Path) -> None:
    model = GatedModel(tmp_path / "gated")
    model.release(1000)  # for the warm-up
    properties: Json = {"modelFormat": {"name": "python"}, "env": ALLOW_PYTHON}
    file = write_application(tmp_path, component("gated", "file://gated", **properties))
    with contextlib.closing(model), up(file, *ANY_PORT) as served:
        model.forget()
        connection = send(served.http_ports[0], "gated")
        model.wait_entered()
        served.process.send_signal(signal.SIGINT)
        served.wait_for("stopping")
        assert served.end(signal.SIGINT) == 130
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            connection.getresponse()
        connection.close()


def test_a_server_that_still_loads_is_not_waited_for(tmp_path: Path) -> None:
    model = GatedModel(tmp_path / "gated")  # whose warm-up nobody lets through
    properties: Json = {"modelFormat": {"name": "python"}, "env": ALLOW_PYTHON}
    file = write_application(tmp_path, component("gated", "file://gated", **properties))
    with contextlib.closing(model), up(file, *ANY_PORT, last_hint="loads") as started:
        model.wait_entered()
        assert started.end(signal.SIGTERM) == 0
        assert started.out == ""


def test_a_claim_without_a_folder() -> None:
    ended = velaserve("up", DIGITS)
    assert ended.returncode == 2
    assert "add --pvc models=DIR" in ended.stderr


def test_messages_in_chinese() -> None:
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT, "--lang", "zh", last_hint="Ctrl-C") as served:
        assert served.out.split()[:3] == ["组件", "模型", "格式"]
        assert served.out.splitlines()[1].split()[-1] == "就绪"


def test_quiet() -> None:
    ended = velaserve("up", DIGITS, "--quiet")
    assert len(ended.stderr.splitlines()) == 1


def test_proxies_are_not_asked() -> None:
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    with up(DIGITS, *DIGITS_CLAIM, *ANY_PORT, environment=nowhere) as served:
        line = served.out.splitlines()[-1]
        assert "curl -s --noproxy '*' " in line
        assert shutil.which("curl")
