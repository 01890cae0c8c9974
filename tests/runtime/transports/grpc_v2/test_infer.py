# SPDX-License-Identifier: Apache-2.0
"""ModelInfer from outside: answers, refusals, deadlines, hang-ups."""

from __future__ import annotations

from base64 import b64decode
from itertools import repeat
from typing import TYPE_CHECKING

import grpc
import numpy as np
import pytest

from support.grpc_client import INFER, GrpcClient, infer_payload, refusal_of
from velaserve_runtime.protocol.grpc_messages import encode

if TYPE_CHECKING:
    from support.grpc_server import Gated
    from velaserve_runtime.protocol.metadata import JSON


FAILURES = "nv_inference_request_failure"


def test_the_answer_is_raw(client: GrpcClient) -> None:
    x = np.arange(8, dtype=np.float32).reshape(2, 4)
    answer = client.infer(infer_payload("double", x, id="seven"))
    raw = b64decode(answer.pop("raw_output_contents")[0])
    np.testing.assert_array_equal(np.frombuffer(raw, np.float32).reshape(2, 4), 2 * x)
    assert answer == {
        "model_name": "double",
        "model_version": "1",
        "id": "seven",
        "outputs": [{"name": "y", "datatype": "FP32", "shape": ["2", "4"]}],
    }


def test_gzip_is_understood(client: GrpcClient) -> None:
    assert client.infer(infer_payload("double"), compression=grpc.Compression.Gzip)


@pytest.mark.parametrize(
    ("payload", "code", "says"),
    [
        (b"\xff", "INVALID_ARGUMENT", "not valid protobuf"),
        (infer_payload("double", raw_input_contents=[b""]), "INVALID_ARGUMENT", "0 bytes of data"),
        (infer_payload("double", np.zeros((1, 5), np.float32)), "INVALID_ARGUMENT", "[1, 5]"),
        (infer_payload("double", outputs=[{"name": "z"}]), "INVALID_ARGUMENT", "'z'"),
        (infer_payload("double", model_version="9"), "NOT_FOUND", "no version '9'"),
        (infer_payload("nothing"), "NOT_FOUND", "model 'nothing' is not known"),
        (infer_payload("failing"), "INTERNAL", "this model always fails"),
        (infer_payload("x" * 9000), "NOT_FOUND", " …"),
    ],
)
def test_refusals(client: GrpcClient, payload: bytes, code: str, says: str) -> None:
    refusal = client.refusal(INFER, payload)
    assert refusal.code == code
    assert says in refusal.details


def test_large_typed_contents(client: GrpcClient) -> None:
    rows = 20_000  # decoded off the loop
    values: list[JSON] = list(repeat(1, 16 * rows))
    contents: JSON = {"int_contents": values}
    inputs: list[JSON] = [
        {"name": name, "datatype": "INT32", "shape": [rows, 16], "contents": contents}
        for name in ("INPUT0", "INPUT1")
    ]
    request = encode("inference.ModelInferRequest", {"model_name": "simple", "inputs": inputs})
    answer = client.infer(request)
    total = np.frombuffer(b64decode(answer["raw_output_contents"][0]), np.int32)
    assert total.tolist() == [2] * 16 * rows


def test_the_deadline_passes_while_the_model_runs(gated: Gated) -> None:
    timeout = encode(
        "inference.ModelInferRequest", {"parameters": {"timeout": {"int64_param": 300_000}}}
    )
    call = gated.client.start_infer(infer_payload("gated") + timeout)
    gated.model.wait_entered()
    with pytest.raises(grpc.RpcError) as ended:
        call.result()
    assert refusal_of(ended.value).code == "DEADLINE_EXCEEDED"
    gated.model.release()


def test_the_deadline_of_the_call_is_counted_as_one(gated: Gated) -> None:
    running = gated.client.start_infer(infer_payload("gated"))
    gated.model.wait_entered()
    with pytest.raises(grpc.RpcError) as ended:
        gated.client.infer(infer_payload("gated"), timeout=0.3)
    assert refusal_of(ended.value).code == "DEADLINE_EXCEEDED"
    gated.wait_for(FAILURES, 1, reason="deadline")
    gated.model.release()
    assert running.result()


def test_a_call_that_is_cancelled_does_not_run(gated: Gated) -> None:
    running = gated.client.start_infer(infer_payload("gated"))
    gated.model.wait_entered()
    waiting = gated.client.start_infer(infer_payload("gated"))
    gated.wait_for("nv_inference_pending_request_count", 1)
    waiting.cancel()
    gated.wait_for(FAILURES, 1, reason="client_gone")
    gated.model.release()
    assert running.result()
    gated.wait_for("nv_inference_exec_count", 1)
