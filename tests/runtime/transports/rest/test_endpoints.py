# SPDX-License-Identifier: Apache-2.0
"""Everything but inference, over a real REST server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.server import RunningServer


def get(server: RunningServer, path: str) -> object:
    answer = server.request("GET", path)
    assert answer.status == 200, answer
    return answer.json


def test_server_metadata(rest: RunningServer) -> None:
    metadata = get(rest, "/v2")
    assert isinstance(metadata, dict)
    assert metadata["name"] == "velaserve"
    assert {"binary_tensor_data", "statistics"} <= set(metadata["extensions"])


def test_health(rest: RunningServer) -> None:
    assert get(rest, "/v2/health/live") == {"live": True}
    assert get(rest, "/v2/health/ready") == {"ready": True}
    assert get(rest, "/v2/models/double/ready") == {"name": "double", "ready": True}
    assert get(rest, "/v2/models/double/versions/1/ready")


def test_model_metadata(rest: RunningServer) -> None:
    metadata = get(rest, "/v2/models/double")
    assert isinstance(metadata, dict)
    assert metadata["versions"] == ["1", "2"]
    assert metadata["inputs"] == [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}]
    assert metadata["properties"]["device"] == "cpu"


def test_models_are_listed(rest: RunningServer) -> None:
    listed = get(rest, "/v2/models")
    assert isinstance(listed, dict)
    assert "double" in listed["models"]


def test_config_is_tritons(rest: RunningServer) -> None:
    config = get(rest, "/v2/models/double/config")
    assert isinstance(config, dict)
    assert config["name"] == "double"
    assert config["max_batch_size"] == 64
    assert config["input"][0] == {"name": "x", "data_type": "TYPE_FP32", "dims": [4]}


def test_statistics_count_what_was_answered(rest: RunningServer) -> None:
    body = {"inputs": [{"name": "x", "shape": [3, 4], "datatype": "FP32", "data": [0] * 12}]}

    def counts() -> tuple[int, int, int]:
        stats = get(rest, "/v2/models/double/versions/1/stats")
        assert isinstance(stats, dict)
        one = stats["model_stats"][0]
        success = one["inference_stats"]["success"]["count"]
        return one["inference_count"], one["execution_count"], success

    before = counts()
    assert (
        rest.request("POST", "/v2/models/double/versions/1/infer", json.dumps(body)).status == 200
    )
    rows, runs, requests = (after - was for after, was in zip(counts(), before, strict=True))
    assert (rows, runs, requests) == (3, 1, 1)
    assert len(get(rest, "/v2/models/stats")["model_stats"]) > 10  # type: ignore[index]


def test_index_is_posted(rest: RunningServer) -> None:
    answer = rest.request("POST", "/v2/repository/index", "{}")
    assert {"name": "double", "version": "2", "state": "READY"} in answer.json
    assert rest.request("POST", "/v2/repository/index").status == 200
    assert rest.request("POST", "/v2/repository/index", "[").status == 400


def test_metrics_have_tritons_names(rest: RunningServer) -> None:
    answer = rest.request("GET", "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.body.decode()
    for name in (
        'nv_inference_request_success{model="double",version="1"}',
        'nv_inference_count{model="double",version="1"}',
        'nv_inference_pending_request_count{model="double",version="1"} 0',
        'velaserve_batch_size_bucket{model="double",version="1",le="+Inf"}',
        'velaserve_request_duration_seconds_count{model="double",version="1"}',
        "velaserve_ready 1",
        "velaserve_inflight_bytes 0",
    ):
        assert name in text, text


def test_refusals_are_counted_by_reason(rest: RunningServer) -> None:
    def bad() -> int:
        text = rest.request("GET", "/metrics").body.decode()
        lines = [
            line for line in text.splitlines() if 'refusals_total{reason="bad_request"}' in line
        ]
        return int(lines[0].rsplit(" ", 1)[1]) if lines else 0

    before = bad()
    assert rest.infer("double", {"inputs": []}).status == 400
    assert bad() == before + 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v3", 404),
        ("GET", "/v2/models/double/nonsense", 404),
        ("GET", "/v2/models/nobody", 404),
        ("GET", "/v2/models/nobody/ready", 404),
        ("GET", "/v2/models/double/versions/7", 404),
        ("GET", "/v2/models/%ff", 400),
        ("GET", "/v2/models/double/infer", 405),
        ("POST", "/v2/health/ready", 405),
        ("DELETE", "/v2/models/double", 405),
        ("POST", "/v2/repository/models/nobody/load", 404),
        ("HEAD", "/v2/health/ready", 200),
        ("GET", "/v2/?x=y", 200),
    ],
)
def test_paths_and_methods(rest: RunningServer, method: str, path: str, status: int) -> None:
    answer = rest.request(method, path)
    assert answer.status == status, answer
    if status >= 400:
        assert list(answer.json) == ["error"]


def test_405_names_what_is_allowed(rest: RunningServer) -> None:
    assert rest.request("GET", "/v2/models/double/infer").headers["allow"] == "POST"
