# SPDX-License-Identifier: Apache-2.0
"""NVIDIA's perf_analyzer is no Python package: these are the calls it makes, in its order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from support.grpc_client import GrpcClient, infer_payload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.server import RunningServer

Reply = Any  # whatever the server answered
REQUESTS = 5
DURATIONS = ("success", "queue", "compute_input", "compute_infer", "compute_output")


@pytest.fixture
def client(server: RunningServer) -> Iterator[GrpcClient]:
    client = GrpcClient(server.grpc_port)
    yield client
    client.close()


def test_over_rest(server: RunningServer) -> None:
    assert server.request("GET", "/v2/health/ready").status == 200
    check_server(get(server, "/v2"))
    check_metadata(get(server, "/v2/models/double"))
    check_config(get(server, "/v2/models/double/config"))
    before = get(server, "/v2/models/double/stats")["model_stats"][0]
    for at in range(REQUESTS):
        infer_over_rest(server, at)
    check_statistics(before, get(server, "/v2/models/double/stats")["model_stats"][0])


def test_over_grpc(client: GrpcClient) -> None:
    check_server(client.control("ServerMetadata"))
    check_metadata(client.control("ModelMetadata", name="double"))
    check_config(client.control("ModelConfig", name="double")["config"])
    before = client.control("ModelStatistics", name="double")["model_stats"][0]
    for at in range(REQUESTS):
        answer = client.infer(infer_payload("double", np.full((1, 4), at, np.float32), id=str(at)))
        assert answer["id"] == str(at)
    check_statistics(before, client.control("ModelStatistics", name="double")["model_stats"][0])


def infer_over_rest(server: RunningServer, at: int) -> None:
    raw = np.full((1, 4), at, np.float32).tobytes()
    entry = {"name": "x", "shape": [1, 4], "datatype": "FP32"}
    document = {
        "id": str(at),
        "inputs": [{**entry, "parameters": {"binary_data_size": len(raw)}}],
        "outputs": [{"name": "y", "parameters": {"binary_data": True}}],
    }
    text = json.dumps(document).encode()
    headers = {"Inference-Header-Content-Length": str(len(text))}
    answer = server.request("POST", "/v2/models/double/infer", text + raw, headers)
    assert answer.status == 200, answer
    np.testing.assert_array_equal(np.frombuffer(answer.body[-16:], "<f4"), [2 * at] * 4)


def check_server(metadata: Reply) -> None:
    """Without the extension it asks for no statistics and reports none."""
    assert "statistics" in metadata["extensions"]


def check_metadata(metadata: Reply) -> None:
    assert metadata["name"] == "double"
    for tensors in (metadata["inputs"], metadata["outputs"]):
        assert [numbers(one["shape"]) for one in tensors] == [[-1, 4]]
        assert [one["datatype"] for one in tensors] == ["FP32"]


def check_config(config: Reply) -> None:
    """With max_batch_size > 0 it sends [rows, *dims], as the metadata's shape says."""
    assert config["max_batch_size"] > 0
    assert [numbers(one["dims"]) for one in config["input"]] == [[4]]
    assert "dynamic_batching" in config
    assert not {"sequence_batching", "ensemble_scheduling"} & config.keys()


def check_statistics(before: Reply, after: Reply) -> None:
    """Each counter grew by the requests sent between."""
    assert (after["name"], after["version"]) == ("double", "1")
    for counter in ("inference_count", "execution_count"):
        assert int(after[counter]) - int(before.get(counter, 0)) == REQUESTS
    for name in DURATIONS:
        now, was = after["inference_stats"][name], before["inference_stats"].get(name, {})
        assert int(now["count"]) - int(was.get("count", 0)) == REQUESTS, name
        assert int(now["ns"]) > int(was.get("ns", 0)), name


def numbers(values: Reply) -> list[int]:
    """Protobuf's JSON form writes 64-bit numbers as text."""
    return [int(value) for value in values]


def get(server: RunningServer, path: str) -> Reply:
    answer = server.request("GET", path)
    assert answer.status == 200, answer
    return answer.json
