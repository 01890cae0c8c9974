# SPDX-License-Identifier: Apache-2.0
"""tritonclient's HTTP client as its users call it; prints, as JSON, what each check found wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

from support.client_checks import SAMPLES, run_synchronous_checks

if TYPE_CHECKING:
    from collections.abc import Callable

Client = Any  # tritonclient is untyped
CONNECTIONS = 4
JSON_SAMPLES = {
    **{name: array for name, array in SAMPLES.items() if name != "BF16"},
    "FP16": np.array([[0.1, -65504]], np.float16),
    "FP32": np.array([[0.1, -0.0]], np.float32),
    "FP64": np.array([[0.1, 1e308]], np.float64),
    "BYTES": np.array([["", "中文"]], np.object_),
}
"""The client sends no BF16 as JSON; JSON has no NaN, no Infinity and no bytes."""


def check_every_datatype_in_binary(client: Client) -> None:
    inputs = [tensor(name, name, array) for name, array in SAMPLES.items()]
    result = client.infer("echo", inputs, request_id="42")
    assert result.get_response()["id"] == "42"
    for name, array in SAMPLES.items():
        np.testing.assert_array_equal(result.as_numpy(f"{name}_out"), array, err_msg=name)


def check_every_datatype_in_json(client: Client) -> None:
    bf16 = tensor("BF16", "BF16", SAMPLES["BF16"])
    inputs = [tensor(name, name, array, binary=False) for name, array in JSON_SAMPLES.items()]
    wanted = [triton.InferRequestedOutput(f"{name}_out", binary_data=False) for name in SAMPLES]
    result = client.infer("echo", [*inputs, bf16], outputs=wanted)
    for name, array in {**SAMPLES, **JSON_SAMPLES}.items():
        output = result.get_output(f"{name}_out")
        assert "parameters" not in output, name
        np.testing.assert_array_equal(result.as_numpy(f"{name}_out"), array, err_msg=name)


def check_nan_and_infinity(client: Client) -> None:
    nan = np.array([[np.nan, 1, 2, 3]], np.float32)
    result = client.infer("double", [tensor("x", "FP32", nan)], outputs=[output("y", False)])
    np.testing.assert_array_equal(result.as_numpy("y"), 2 * nan)
    infinite = tensor("x", "FP32", np.full((1, 4), np.inf, np.float32))
    wanted = [output("y", False)]
    expect("400", lambda: client.infer("double", [infinite], outputs=wanted), "binary_data")
    text = tensor("x", "FP32", nan, binary=False)
    expect("400", lambda: client.infer("double", [text]), "JSON has no NaN or Infinity")


def check_a_request_of_json_only(client: Client) -> None:
    result = client.infer("simple", pair(binary=False), outputs=[output("OUTPUT0", False)])
    np.testing.assert_array_equal(result.as_numpy("OUTPUT0"), np.full((1, 16), 4, np.int32))


def check_empty_tensors(client: Client) -> None:
    inputs = [tensor(name, name, array[:, :0]) for name, array in SAMPLES.items()]
    result = client.infer("echo", inputs)
    assert {result.as_numpy(f"{name}_out").shape for name in SAMPLES} == {(1, 0)}


def check_binary_and_json_outputs_together(client: Client) -> None:
    wanted = [output("OUTPUT1", True), output("OUTPUT0", False)]
    result = client.infer("simple", pair(), outputs=wanted)
    assert [one["name"] for one in result.get_response()["outputs"]] == ["OUTPUT1", "OUTPUT0"]
    assert result.get_output("OUTPUT1")["parameters"] == {"binary_data_size": 64}
    assert result.get_output("OUTPUT0")["data"] == [4] * 16
    np.testing.assert_array_equal(result.as_numpy("OUTPUT1"), np.full((1, 16), 2, np.int32))


def check_compression(client: Client) -> None:
    x = np.arange(4096, dtype=np.float32).reshape(1024, 4)
    for request in ("gzip", "deflate", None):
        for response in ("gzip", "deflate", None):
            for binary in (True, False):
                result = client.infer(
                    "double",
                    [tensor("x", "FP32", x, binary)],
                    outputs=[output("y", binary)],
                    request_compression_algorithm=request,
                    response_compression_algorithm=response,
                )
                np.testing.assert_array_equal(result.as_numpy("y"), 2 * x)


def check_a_large_tensor(client: Client) -> None:
    x = np.arange(1 << 20, dtype=np.float32).reshape(-1, 4)
    result = client.infer("double", [tensor("x", "FP32", x)])
    np.testing.assert_array_equal(result.as_numpy("y"), 2 * x)


def check_server(client: Client) -> None:
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.get_server_metadata()["name"] == "velaserve"


def check_model(client: Client) -> None:
    assert client.is_model_ready("simple")
    assert client.is_model_ready("simple", "1")
    assert not client.is_model_ready("nothing")
    assert not client.is_model_ready("simple", "9")
    metadata = client.get_model_metadata("simple")
    assert metadata["versions"] == ["1"]
    assert metadata["inputs"] == [
        {"name": name, "datatype": "INT32", "shape": [-1, 16]} for name in ("INPUT0", "INPUT1")
    ]
    assert client.get_model_metadata("simple", "1") == metadata


def check_versions(client: Client) -> None:
    result = client.infer("simple", pair(), model_version="1")
    assert result.get_response()["model_version"] == "1"
    expect("404", lambda: client.infer("simple", pair(), model_version="9"))


def check_config(client: Client) -> None:
    config = client.get_model_config("simple")
    assert config["name"] == "simple"
    assert config["max_batch_size"] > 0
    assert [one["dims"] for one in config["input"]] == [[16], [16]]
    assert client.get_model_config("simple", "1") == config


def check_statistics(client: Client) -> None:
    before = statistics(client)
    client.infer("simple", pair())
    after = statistics(client)
    assert after["inference_count"] == before["inference_count"] + 1
    assert after["execution_count"] == before["execution_count"] + 1
    success, was = (one["inference_stats"]["success"] for one in (after, before))
    assert success["count"] == was["count"] + 1
    assert success["ns"] > was["ns"]
    names = {one["name"] for one in client.get_inference_statistics()["model_stats"]}
    assert names == {"double", "echo", "failing", "simple"}


def check_repository(client: Client) -> None:
    client.unload_model("double")
    assert not client.is_model_ready("double")
    assert states(client)["double"] == "UNAVAILABLE"
    client.load_model("double")
    assert client.is_model_ready("double")
    assert states(client)["double"] == "READY"


def check_errors(client: Client) -> None:
    short = tensor("INPUT0", "INT32", np.zeros((1, 3), np.int32))
    first, second = pair()
    expect("404", lambda: client.infer("nothing", pair()), "model 'nothing' is not known")
    expect("404", lambda: client.get_model_config("nothing"), "served models: double, echo")
    expect("400", lambda: client.infer("simple", [first]), "input 'INPUT1' is missing")
    expect("400", lambda: client.infer("simple", [short, second]), "has shape [1, 3]")
    expect("400", lambda: client.infer("simple", [first, first]), "more than once")
    expect("400", lambda: client.infer("simple", pair(), sequence_id=5), "sequence batching")
    failing = tensor("x", "FP32", np.zeros((1, 4), np.float32))
    expect("500", lambda: client.infer("failing", [failing]), "this model always fails")
    wanted = [triton.InferRequestedOutput("OUTPUT0", class_count=2)]
    expect("400", lambda: client.infer("simple", pair(), outputs=wanted), "classification")
    region = triton.InferInput("INPUT0", [1, 16], "INT32")
    region.set_shared_memory("region", 64)
    expect("400", lambda: client.infer("simple", [region, second]), "shared memory")
    expect("404", lambda: client.load_model("nothing"), "model 'nothing' is not known")
    expect("400", lambda: client.load_model("double", config="{}"), "velaserve.yaml")
    expect("404", client.get_system_shared_memory_status, "no endpoint has the path")


def check_timeouts_and_priorities(client: Client) -> None:
    assert client.infer("simple", pair(), timeout=10_000_000, priority=2)
    expect("400", lambda: client.infer("simple", pair(), timeout=-5), "whole number >= 0")
    expect("400", lambda: client.infer("simple", pair(), priority=11), "use 1 to 10")


def check_own_parameters_and_headers(client: Client) -> None:
    result = client.infer("simple", pair(), headers={"X-Trace": "1"}, parameters={"mine": "a"})
    assert result.get_output("OUTPUT0")


def check_async_infer_over_several_connections(client: Client) -> None:
    values = np.arange(64, dtype=np.float32).reshape(16, 1, 4)
    handles = [client.async_infer("double", [tensor("x", "FP32", one)]) for one in values]
    for handle, one in zip(handles, values, strict=True):
        np.testing.assert_array_equal(handle.get_result().as_numpy("y"), 2 * one)


def check_a_body_made_and_parsed_offline(client: Client) -> None:
    body, json_bytes = triton.InferenceServerClient.generate_request_body(pair(), request_id="7")
    headers = {"Inference-Header-Content-Length": str(json_bytes)}
    answer = client._post("v2/models/simple/infer", body, headers, None)
    parsed = triton.InferenceServerClient.parse_response_body(
        answer.read(), header_length=int(answer.get("Inference-Header-Content-Length"))
    )
    assert parsed.get_response()["id"] == "7"
    np.testing.assert_array_equal(parsed.as_numpy("OUTPUT1"), np.full((1, 16), 2, np.int32))


def tensor(name: str, datatype: str, array: Any, binary: bool = True) -> Any:
    made = triton.InferInput(name, array.shape, datatype)
    return made.set_data_from_numpy(array, binary_data=binary)


def pair(binary: bool = True) -> list[Any]:
    """INPUT0 of threes, INPUT1 of ones."""
    values = (("INPUT0", 3), ("INPUT1", 1))
    return [
        tensor(name, "INT32", np.full((1, 16), value, np.int32), binary) for name, value in values
    ]


def output(name: str, binary: bool) -> Any:
    return triton.InferRequestedOutput(name, binary_data=binary)


def statistics(client: Client) -> Any:
    return client.get_inference_statistics("simple")["model_stats"][0]


def states(client: Client) -> dict[str, str]:
    return {one["name"]: one["state"] for one in client.get_model_repository_index()}


def expect(status: str, call: Callable[[], object], text: str = "") -> None:
    with pytest.raises(InferenceServerException) as refused:
        call()
    assert refused.value.status() == status, refused.value
    assert text in refused.value.message(), refused.value


if __name__ == "__main__":
    address = f"127.0.0.1:{sys.argv[1]}"
    run_synchronous_checks(
        "__main__", triton.InferenceServerClient(address, concurrency=CONNECTIONS)
    )
