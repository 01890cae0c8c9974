# SPDX-License-Identifier: Apache-2.0
"""tritonclient's gRPC client as its users call it; prints, as JSON, what each check found wrong."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tritonclient.grpc as triton
from tritonclient.utils import InferenceServerException

from support.client_checks import SAMPLES, run_synchronous_checks

if TYPE_CHECKING:
    from collections.abc import Callable

Client = Any  # tritonclient is untyped


def check_every_datatype(client: Client) -> None:
    inputs = [tensor(name, name, array) for name, array in SAMPLES.items()]
    result = client.infer("echo", inputs, request_id="42")
    assert result.get_response().id == "42"
    for name, array in SAMPLES.items():
        np.testing.assert_array_equal(result.as_numpy(f"{name}_out"), array, err_msg=name)


def check_empty_tensors(client: Client) -> None:
    inputs = [tensor(name, name, array[:, :0]) for name, array in SAMPLES.items()]
    result = client.infer("echo", inputs)
    assert {result.as_numpy(f"{name}_out").shape for name in SAMPLES} == {(1, 0)}


def check_requested_outputs(client: Client) -> None:
    result = client.infer("simple", pair(), outputs=[triton.InferRequestedOutput("OUTPUT1")])
    assert [output.name for output in result.get_response().outputs] == ["OUTPUT1"]
    np.testing.assert_array_equal(result.as_numpy("OUTPUT1"), np.full((1, 16), 2, np.int32))


def check_compression(client: Client) -> None:
    for algorithm in ("gzip", "deflate"):
        assert client.infer("simple", pair(), compression_algorithm=algorithm)


def check_server(client: Client) -> None:
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.get_server_metadata().name == "velaserve"


def check_model(client: Client) -> None:
    assert client.is_model_ready("simple")
    assert client.is_model_ready("simple", "1")
    assert not client.is_model_ready("nothing")
    assert not client.is_model_ready("simple", "9")
    metadata = client.get_model_metadata("simple")
    assert [(one.name, one.datatype, list(one.shape)) for one in metadata.inputs] == [
        ("INPUT0", "INT32", [-1, 16]),
        ("INPUT1", "INT32", [-1, 16]),
    ]


def check_config(client: Client) -> None:
    config = client.get_model_config("simple").config
    assert config.name == "simple"
    assert config.max_batch_size > 0
    assert [list(one.dims) for one in config.input] == [[16], [16]]
    assert config.WhichOneof("scheduling_choice") == "dynamic_batching"
    assert not config.model_transaction_policy.decoupled


def check_statistics(client: Client) -> None:
    before = statistics(client)
    client.infer("simple", pair())
    after = statistics(client)
    assert after.inference_count == before.inference_count + 1
    assert after.execution_count == before.execution_count + 1
    assert after.inference_stats.success.count == before.inference_stats.success.count + 1
    assert after.inference_stats.compute_infer.ns > before.inference_stats.compute_infer.ns
    assert sum(one.compute_infer.count for one in after.batch_stats) == after.execution_count


def check_repository(client: Client) -> None:
    client.unload_model("double")
    assert not client.is_model_ready("double")
    client.load_model("double")
    assert client.is_model_ready("double")
    states = {one.name: one.state for one in client.get_model_repository_index().models}
    assert states["double"] == "READY"


def check_errors(client: Client) -> None:
    short = triton.InferInput("INPUT0", [1, 3], "INT32")
    short.set_data_from_numpy(np.zeros((1, 3), np.int32))
    first, second = pair()
    expect("NOT_FOUND", lambda: client.infer("nothing", pair()))
    expect("NOT_FOUND", lambda: client.infer("simple", pair(), model_version="9"))
    expect("NOT_FOUND", lambda: client.get_model_config("nothing"))
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", [first]))
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", [short, second]))
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", [first, first]))
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", pair(), sequence_id=5))
    expect("INTERNAL", lambda: client.infer("failing", [tensor("x", "FP32", np.zeros((1, 4)))]))
    wanted = [triton.InferRequestedOutput("OUTPUT0", class_count=2)]
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", pair(), outputs=wanted))
    region = triton.InferInput("INPUT0", [1, 16], "INT32")
    region.set_shared_memory("region", 64)
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", [region, second]))
    expect("NOT_FOUND", lambda: client.load_model("nothing"))
    expect("INVALID_ARGUMENT", lambda: client.load_model("double", config="{}"))
    expect("UNIMPLEMENTED", client.get_system_shared_memory_status)


def check_timeouts(client: Client) -> None:
    assert client.infer("simple", pair(), timeout=10_000_000, client_timeout=10)
    assert client.infer("simple", pair(), priority=2)
    expect("INVALID_ARGUMENT", lambda: client.infer("simple", pair(), timeout=-5))


def check_async_infer(client: Client) -> None:
    done = threading.Event()
    found: list[Any] = []

    def callback(result: Any, error: Any) -> None:
        found.extend((result, error))
        done.set()

    client.async_infer("simple", pair(), callback)
    assert done.wait(60)
    result, error = found
    assert error is None
    np.testing.assert_array_equal(result.as_numpy("OUTPUT0"), np.full((1, 16), 4, np.int32))


def check_streams_are_refused(client: Client) -> None:
    done = threading.Event()
    errors: list[Any] = []

    def callback(result: Any, error: Any) -> None:
        del result
        errors.append(error)
        done.set()

    client.start_stream(callback)
    with suppress(InferenceServerException):  # the refusal may be there already
        client.async_stream_infer("simple", pair())
    assert done.wait(60)
    client.stop_stream()
    assert "streaming inference is not provided" in str(errors[0])


def tensor(name: str, datatype: str, array: Any) -> Any:
    made = triton.InferInput(name, array.shape, datatype)
    made.set_data_from_numpy(array.astype(np.float32) if datatype == "FP32" else array)
    return made


def pair() -> list[Any]:
    """INPUT0 of threes, INPUT1 of ones."""
    values = (("INPUT0", 3), ("INPUT1", 1))
    return [tensor(name, "INT32", np.full((1, 16), value, np.int32)) for name, value in values]


def statistics(client: Client) -> Any:
    return client.get_inference_statistics("simple").model_stats[0]


def expect(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(InferenceServerException) as refused:
        call()
    assert refused.value.status() == f"StatusCode.{code}", refused.value
    assert refused.value.message()


if __name__ == "__main__":
    run_synchronous_checks("__main__", triton.InferenceServerClient(f"127.0.0.1:{sys.argv[1]}"))
