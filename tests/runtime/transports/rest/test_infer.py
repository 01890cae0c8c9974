# SPDX-License-Identifier: Apache-2.0
"""Inference over a real REST server: JSON, binary, gzip, and what kserve.md 1.3 lists."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from support.server import Answer, RunningServer
from velaserve_runtime.protocol.datatypes import DATATYPES

Document = dict[str, Any]  # a request on its way to be wrong


def x(**changes: object) -> Document:
    base: Document = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}
    return {**base, **changes}


def request(*inputs: Document, **more: object) -> Document:
    return {"inputs": list(inputs) or [x()], **more}


def binary(server: RunningServer, document: Document, raw: bytes, **headers: str) -> Answer:
    text = json.dumps(document).encode()
    length = {"Inference-Header-Content-Length": str(len(text))}
    path = "/v2/models/double/infer"
    return server.request("POST", path, text + raw, {**length, **headers})


def raw_request(**parameters: object) -> Document:
    entry = x(parameters={"binary_data_size": 16})
    del entry["data"]
    return {"inputs": [entry], "parameters": parameters}


VALUES = np.arange(4, dtype=np.float32)


def test_json(rest: RunningServer) -> None:
    answer = rest.infer("double", request(id="a-1"))
    assert answer.status == 200, answer
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == {
        "model_name": "double",
        "model_version": "2",
        "id": "a-1",
        "outputs": [{"name": "y", "datatype": "FP32", "shape": [1, 4], "data": [3, 6, 9, 12]}],
    }


def test_a_version_can_be_asked_for(rest: RunningServer) -> None:
    path = "/v2/models/double/versions/1/infer"
    answer = rest.request("POST", path, json.dumps(request()))
    assert answer.json["model_version"] == "1"
    assert answer.json["outputs"][0]["data"] == [2, 4, 6, 8]


def test_binary_in_binary_out(rest: RunningServer) -> None:
    answer = binary(rest, raw_request(binary_data_output=True), VALUES.tobytes())
    assert answer.status == 200, answer
    assert answer.headers["content-type"] == "application/octet-stream"
    json_bytes = int(answer.headers["inference-header-content-length"])
    output = json.loads(answer.body[:json_bytes])["outputs"][0]
    assert output["parameters"] == {"binary_data_size": 16}
    np.testing.assert_array_equal(np.frombuffer(answer.body[json_bytes:], "<f4"), VALUES * 3)


def test_the_default_form_holds_for_named_outputs(rest: RunningServer) -> None:
    document = {**raw_request(binary_data_output=True), "outputs": [{"name": "y"}]}
    answer = binary(rest, document, VALUES.tobytes())
    assert "inference-header-content-length" in answer.headers


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "nonsense;;"])
def test_the_content_type_does_not_matter(rest: RunningServer, kind: str) -> None:
    assert rest.infer("double", request(), **{"Content-Type": kind}).status == 200
    answer = binary(rest, raw_request(), VALUES.tobytes(), **{"Content-Type": kind})
    assert answer.status == 200, answer


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_both_ways(rest: RunningServer, encoding: str) -> None:
    rows = [[at, 0, 0, 0] for at in range(500)]
    plain = json.dumps(request(x(shape=[500, 4], data=rows))).encode()
    packed = gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)
    headers = {"Content-Encoding": encoding, "Accept-Encoding": encoding}
    answer = rest.request("POST", "/v2/models/double/infer", packed, headers)
    assert answer.status == 200, answer
    assert answer.headers["content-encoding"] == encoding
    body = gzip.decompress(answer.body) if encoding == "gzip" else zlib.decompress(answer.body)
    assert json.loads(body)["outputs"][0]["data"][4 * 499] == 3 * 499


def test_a_large_json_body_goes_in_pieces(rest: RunningServer) -> None:
    flat = list(range(30_000 * 4))
    answer = rest.infer("double", request(x(shape=[30_000, 4], data=flat)))
    assert answer.status == 200, answer
    assert answer.json["outputs"][0]["data"] == [3 * value for value in flat]


def test_a_chunked_body(rest: RunningServer) -> None:
    text = json.dumps(request()).encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (text[:9], text[9:]))
    headers = {"Transfer-Encoding": "chunked"}
    answer = rest.request("POST", "/v2/models/double/infer", chunks + b"0\r\n\r\n", headers)
    assert answer.status == 200, answer


@pytest.mark.parametrize("shape", [[0, 4]])
def test_an_empty_tensor(rest: RunningServer, shape: list[int]) -> None:
    answer = rest.infer("double", request(x(shape=shape, data=[])))
    assert (answer.status, answer.json["outputs"][0]["data"]) == (200, []), answer


def test_nan_is_null(rest: RunningServer) -> None:
    answer = rest.infer("double", request(x(data=[None, 1, 2, 3])))
    assert answer.json["outputs"][0]["data"] == [None, 3, 6, 9]


DATA: dict[str, list[object]] = {
    "BOOL": [True, False],
    "BYTES": ["", "中文"],
    "INT64": [-(2**63), 2**63 - 1],
    "UINT64": [0, 2**64 - 1],
    "FP16": [0.5, 65504],
    "BF16": [0.5, 1],
    "FP64": [0.1, 1e300],
}


@pytest.mark.parametrize(
    "datatype",
    [*DATATYPES],
)
def test_every_datatype_round_trip_in_json(rest: RunningServer, datatype: str) -> None:
    data = DATA.get(datatype, [1, 2])
    answer = rest.infer(f"echo_{datatype}", request(x(datatype=datatype, shape=[1, 2], data=data)))
    assert answer.status == 200, answer
    assert answer.json["outputs"][0]["data"] == data


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (request(x(name="z")), "unexpected input 'z'; the model's inputs are x FP32[-1, 4]"),
        (request(x(), x()), "more than once"),
        (request(x(datatype="INT32")), "has datatype INT32, the model expects FP32"),
        (request(x(shape=[1, 5], data=[0] * 5)), "has shape [1, 5], the model expects [-1, 4]"),
        (request(x(shape=[4])), "has shape [4]"),
        (request(x(shape=[-1, 4])), "has a negative dimension"),
        (request(x(data=[1, 2])), "has 2 elements, its shape [1, 4] needs 4"),
        (request(x(data=["a"] * 4)), "FP32 needs float or int, found str 'a'"),
        (request(outputs=[{"name": "q"}]), "unknown output 'q'; the model's outputs are y"),
        (request(parameters={"priority": 11}), "use 1 to 10"),
        ({"inputs": []}, "input 'x' is missing; the model's inputs are x FP32[-1, 4]"),
        ({}, "input 'x' is missing"),
    ],
)
def test_bad_requests_are_400_with_the_reason(
    rest: RunningServer, document: Document, text: str
) -> None:
    answer = rest.infer("double", document)
    assert answer.status == 400, answer
    assert list(answer.json) == ["error"]
    assert text in answer.json["error"]


def test_a_missing_input(rest: RunningServer) -> None:
    one = {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": [1] * 16}
    answer = rest.infer("simple", {"inputs": [one]})
    assert answer.status == 400
    assert "input 'INPUT1' is missing" in answer.json["error"]


def test_inputs_of_different_length(rest: RunningServer) -> None:
    one = {"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": [1] * 16}
    two = {"name": "INPUT1", "shape": [2, 16], "datatype": "INT32", "data": [1] * 32}
    answer = rest.infer("simple", {"inputs": [one, two]})
    assert answer.status == 400, answer
    assert "2 rows" in answer.json["error"]


@pytest.mark.parametrize("size", [15, 17, 0])
def test_binary_of_another_length_is_400(rest: RunningServer, size: int) -> None:
    answer = binary(rest, raw_request(), b"\0" * size)
    assert answer.status == 400, answer


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "99999", "9" * 30])
def test_a_lying_header_length_is_400(rest: RunningServer, length: str) -> None:
    headers = {"Inference-Header-Content-Length": length}
    answer = rest.request("POST", "/v2/models/double/infer", json.dumps(request()), headers)
    assert answer.status == 400, answer


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("br", b"abc", "'br' is not supported; use gzip or deflate"),
        ("gzip", b"abc", "not valid gzip"),
        ("gzip", gzip.compress(b"{}" * 99, mtime=0)[:-12], "is cut off"),
    ],
)
def test_bad_encodings_are_400(rest: RunningServer, encoding: str, body: bytes, text: str) -> None:
    headers = {"Content-Encoding": encoding}
    answer = rest.request("POST", "/v2/models/double/infer", body, headers)
    assert answer.status == 400, answer
    assert text in answer.json["error"]


def test_a_gzip_bomb_is_413(rest: RunningServer) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = {"Content-Encoding": "gzip"}
    answer = rest.request("POST", "/v2/models/double/infer", bomb, headers)
    assert answer.status == 413, answer


def test_unknown_model_and_version_are_404(rest: RunningServer) -> None:
    for path in ("/v2/models/nobody/infer", "/v2/models/double/versions/9/infer"):
        answer = rest.request("POST", path, json.dumps(request()))
        assert answer.status == 404, answer
        assert "served" in answer.json["error"]


def test_a_failing_model_is_500_with_its_reason(rest: RunningServer) -> None:
    answer = rest.infer("failing", request())
    assert answer.status == 500, answer
    assert "this model always fails" in answer.json["error"]


def test_an_expired_deadline_is_504(rest: RunningServer) -> None:
    answer = rest.infer("double", request(), **{"Velaserve-Timeout-Ms": "0"})
    assert answer.status == 504, answer


def test_a_fixed_batch_takes_exactly_it(rest: RunningServer) -> None:
    assert rest.infer("fixed", request()).status == 200
    answer = rest.infer("fixed", request(x(shape=[2, 4], data=[0] * 8)))
    assert answer.status == 400, answer
