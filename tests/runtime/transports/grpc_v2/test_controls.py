# SPDX-License-Identifier: Apache-2.0
"""The methods that are not ModelInfer, from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.grpc_client import GrpcClient
from support.models import write_double_onnx
from support.server import running_server, serve_folder

if TYPE_CHECKING:
    from pathlib import Path

    from support.grpc_server import Served


def test_server(client: GrpcClient) -> None:
    assert client.control("ServerLive") == {"live": True}
    assert client.control("ServerReady") == {"ready": True}
    metadata = client.control("ServerMetadata")
    assert metadata["name"] == "velaserve"
    assert "statistics" in metadata["extensions"]


def test_model_metadata(client: GrpcClient) -> None:
    metadata = client.control("ModelMetadata", name="double", version="1")
    assert metadata.pop("properties")
    assert metadata == {
        "name": "double",
        "versions": ["1"],
        "platform": "onnxruntime_onnx",
        "inputs": [{"name": "x", "datatype": "FP32", "shape": ["-1", "4"]}],
        "outputs": [{"name": "y", "datatype": "FP32", "shape": ["-1", "4"]}],
    }


def test_model_config_says_what_rest_says(client: GrpcClient, served: Served) -> None:
    config = client.control("ModelConfig", name="simple")["config"]
    rest = served.server.request("GET", "/v2/models/simple/config").json
    assert [tensor["name"] for tensor in config["input"]] == ["INPUT0", "INPUT1"]
    assert config["input"][0]["data_type"] == "TYPE_INT32"
    for field in ("name", "platform", "backend", "max_batch_size", "instance_group"):
        assert config.get(field) == rest.get(field), field
    assert config["dynamic_batching"].keys() <= rest["dynamic_batching"].keys()


def test_statistics_of_one_and_of_all(client: GrpcClient) -> None:
    one = client.control("ModelStatistics", name="echo", version="1")["model_stats"]
    assert [(row["name"], row["version"]) for row in one] == [("echo", "1")]
    every = client.control("ModelStatistics")["model_stats"]
    assert {row["name"] for row in every} == {"double", "echo", "failing", "simple"}


@pytest.mark.parametrize("name", ["double", "nothing"])
def test_an_unknown_model_is_not_ready(client: GrpcClient, name: str) -> None:
    ready = client.control("ModelReady", name=name)
    assert ready == ({"ready": True} if name == "double" else {})


@pytest.mark.parametrize(
    ("method", "fields", "code", "says"),
    [
        ("ModelMetadata", {"name": "nothing"}, "NOT_FOUND", "'nothing'"),
        ("ModelConfig", {"name": "double", "version": "7"}, "NOT_FOUND", "version '7'"),
        ("ModelStatistics", {"name": "nothing"}, "NOT_FOUND", "'nothing'"),
        ("RepositoryModelLoad", {"model_name": "nothing"}, "NOT_FOUND", "'nothing'"),
        ("RepositoryModelUnload", {"model_name": "nothing"}, "NOT_FOUND", "'nothing'"),
        ("RepositoryIndex", {"repository_name": "r"}, "UNIMPLEMENTED", "leave it empty"),
        (
            "RepositoryModelLoad",
            {"model_name": "double", "parameters": {"config": {"string_param": "{}"}}},
            "INVALID_ARGUMENT",
            "load without parameters",
        ),
    ],
)
def test_refusals(
    client: GrpcClient, method: str, fields: dict[str, object], code: str, says: str
) -> None:
    refusal = client.refused_control(method, **fields)
    assert refusal.code == code
    assert says in refusal.details


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/inference.GRPCInferenceService/ModelStreamInfer", "call ModelInfer for each"),
        ("/inference.GRPCInferenceService/SystemSharedMemoryStatus", "is not provided"),
        ("/nowhere.Service/Method", "/nowhere.Service/Method is not provided"),
    ],
)
def test_methods_that_are_not_there(client: GrpcClient, path: str, says: str) -> None:
    refusal = client.refusal(path, b"")
    assert refusal.code == "UNIMPLEMENTED"
    assert says in refusal.details


def test_load_and_unload(client: GrpcClient) -> None:
    client.control("RepositoryModelUnload", model_name="double")
    ready = client.control("RepositoryIndex", ready=True)["models"]
    assert {row["name"] for row in ready} == {"echo", "failing", "simple"}
    assert client.control("ModelReady", name="double") == {}
    client.control("RepositoryModelLoad", model_name="double")
    assert client.control("ModelReady", name="double", version="1") == {"ready": True}
    rows = client.control("RepositoryIndex")["models"]
    assert {"name": "double", "version": "1", "state": "READY"} in rows


@pytest.mark.parametrize("switch", ["off", "admin-port"])
def test_operations_are_off_unless_switched_on(tmp_path: Path, switch: str) -> None:
    folder = tmp_path / "double" / "1"
    folder.mkdir(parents=True)
    write_double_onnx(folder)
    flags = serve_folder(tmp_path, "--repository-api", switch, "--admin-port", "0")
    with running_server(*flags) as server:
        client = GrpcClient(server.grpc_port)
        for method in ("RepositoryModelLoad", "RepositoryModelUnload"):
            refusal = client.refused_control(method, model_name="double")
            assert refusal.code == "PERMISSION_DENIED"
            assert "--repository-api data-port" in refusal.details
        assert client.control("RepositoryIndex")["models"]
        client.close()
