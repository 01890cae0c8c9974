# SPDX-License-Identifier: Apache-2.0
"""V2 REST bodies: JSON and binary, and every lie a body can tell."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.infer import InferRequest, InferResponse
from velaserve_runtime.protocol.rest_codec import OutputForm, decode_infer, encode_infer
from velaserve_runtime.protocol.tensors import Tensor

Document = dict[str, Any]  # a request on its way to be wrong


def entry(**changes: Any) -> Document:
    base: Document = {"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def decode(document: object, raw: bytes = b"") -> tuple[InferRequest, OutputForm]:
    text = json.dumps(document).encode()
    return decode_infer(text + raw, len(text) if raw else None, "m", "")


def test_json() -> None:
    request, form = decode({"id": "7", "inputs": [entry()], "parameters": {"note": "hi"}})
    assert (request.model_name, request.id, request.outputs) == ("m", "7", ())
    assert request.parameters == {"note": "hi"}
    np.testing.assert_array_equal(request.inputs[0].array, [[1, 2]])
    assert not form.binary("y")


def test_binary_tensors_are_views_of_the_body() -> None:
    values = np.array([1, 2], np.float32)
    inputs = [
        entry(data=None, parameters={"binary_data_size": 8}),
        entry(name="w"),
        entry(name="z", data=None, parameters={"binary_data_size": 8}),
    ]
    text = json.dumps({"inputs": inputs}).encode()
    text += b" " * (-len(text) % 8)
    body = memoryview(bytearray(text + values.tobytes() + (values + 5).tobytes())).toreadonly()
    request, _ = decode_infer(body, len(text), "m", "3")
    first, _, last = (tensor.array for tensor in request.inputs)
    np.testing.assert_array_equal(first, [[1, 2]])
    np.testing.assert_array_equal(last, [[6, 7]])
    assert request.model_version == "3"
    assert not first.flags.writeable
    assert not first.flags.owndata


def test_the_deadline_is_the_earlier_one() -> None:
    text = json.dumps({"inputs": [entry()], "parameters": {"timeout": 60_000_000}}).encode()
    request, _ = decode_infer(text, None, "m", "", deadline_s=5.0)
    assert request.deadline_s == 5.0
    request, _ = decode_infer(text, None, "m", "")
    assert request.deadline_s is not None


@pytest.mark.parametrize(
    ("default", "outputs", "binary"),
    [
        (None, None, False),
        (True, None, True),
        (True, [{"name": "y"}], True),
        (True, [{"name": "y", "parameters": {"binary_data": False}}], False),
        (False, [{"name": "y", "parameters": {"binary_data": True}}], True),
    ],
)
def test_output_forms(default: bool | None, outputs: list[Document] | None, binary: bool) -> None:
    parameters = {} if default is None else {"binary_data_output": default}
    request, form = decode({"inputs": [entry()], "parameters": parameters, "outputs": outputs})
    assert form.binary("y") is binary
    assert request.outputs == (("y",) if outputs else ())


@pytest.mark.parametrize(
    ("document", "raw", "text"),
    [
        ([], b"", "must be a JSON object, found list"),
        ({"inputs": {}}, b"", "'inputs' must be a list of tensors, found dict"),
        ({"inputs": None}, b"", "'inputs' must be a list of tensors, found NoneType"),
        ({"inputs": [1]}, b"", "inputs[0] must be an object"),
        ({"inputs": [entry(name="")]}, b"", "'name' must be a non-empty string"),
        ({"inputs": [entry(datatype="FP8")]}, b"", "datatype 'FP8' is unknown; use one of BOOL"),
        ({"inputs": [entry(datatype=[])]}, b"", "datatype [] is unknown"),
        ({"inputs": [entry(shape=[-1, 2])]}, b"", "has a negative dimension"),
        ({"inputs": [entry(shape=[1.0])]}, b"", "'shape' must be a list of whole numbers"),
        ({"inputs": [entry(shape=[True])]}, b"", "'shape' must be a list of whole numbers"),
        ({"inputs": [entry(shape=None)]}, b"", "found None"),
        ({"inputs": [entry(shape=[2**62, 2**62])]}, b"", "larger than any request"),
        ({"inputs": [entry(data=None)]}, b"", "needs 'data' (a list) or the parameter"),
        ({"inputs": [entry(data="a")]}, b"", "needs 'data' (a list)"),
        ({"inputs": [entry(parameters=[1])]}, b"", "'parameters' must be an object"),
        ({"inputs": [entry()], "id": 7}, b"", "'id' must be a string, found int"),
        ({"inputs": [entry()], "outputs": {}, "parameters": {"timeout": -1}}, b"", "'timeout'"),
        ({"inputs": [entry()], "outputs": [1]}, b"", "outputs[0] must be an object"),
        (
            {"inputs": [entry()], "outputs": [{"name": "y", "parameters": {"binary_data": 1}}]},
            b"",
            "output 'y': parameter 'binary_data' is 1; it must be true or false",
        ),
        (
            {"inputs": [entry()], "parameters": {"binary_data_output": "true"}},
            b"",
            "the request: parameter 'binary_data_output' is 'true'; it must be true or false",
        ),
        ({"inputs": [entry()], "parameters": {"sequence_id": 4}}, b"", "sequence batching"),
        (
            {"inputs": [entry(parameters={"shared_memory_region": "r"})]},
            b"",
            "asks for shared memory, which this server does not provide",
        ),
        (
            {"inputs": [entry()], "outputs": [{"name": "y", "parameters": {"classification": 3}}]},
            b"",
            "classification",
        ),
        ({"inputs": [entry()]}, b"12", "2 bytes follow the JSON, but"),
        (
            {"inputs": [entry(parameters={"binary_data_size": 8})]},
            b"12345678",
            "both data and binary_data_size",
        ),
        (
            {"inputs": [entry(data=None, parameters={"binary_data_size": 9})]},
            b"12345678",
            "binary_data_size is 9, 8 bytes are left",
        ),
        (
            {"inputs": [entry(data=None, parameters={"binary_data_size": 4})]},
            b"1234",
            "x",
        ),
        (
            {"inputs": [entry(data=None, parameters={"binary_data_size": "8"})]},
            b"12345678",
            "must be a whole number >= 0, found '8'",
        ),
    ],
)
def test_refuses(document: object, raw: bytes, text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode(document, raw)
    assert text in str(refused.value)


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"\xff\xfe", b'{"inputs":[NaN]}'])
def test_what_is_not_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match="not valid JSON"):
        decode_infer(body, None, "m", "")


def test_a_lying_header_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="Inference-Header-Content-Length is 99"):
        decode_infer(b"{}", 99, "m", "")


def answer() -> InferResponse:
    outputs = [
        Tensor("a", "FP32", np.array([[1.5, 2]], np.float32)),
        Tensor("b", "BYTES", np.array([b"hi", b"\xff"], np.object_)),
    ]
    return InferResponse("m", "1", "7", outputs)


def test_encodes_json_and_binary_in_one_answer() -> None:
    pieces, json_bytes = encode_infer(answer(), OutputForm({"b": True}, default=False))
    assert json_bytes is not None
    body = b"".join(pieces)
    document = orjson.loads(body[:json_bytes])
    assert (document["model_name"], document["model_version"], document["id"]) == ("m", "1", "7")
    first, second = document["outputs"]
    assert first == {"name": "a", "datatype": "FP32", "shape": [1, 2], "data": [1.5, 2.0]}
    assert second["parameters"] == {"binary_data_size": 11}
    assert body[json_bytes:] == b"\x02\0\0\0hi\x01\0\0\0\xff"


def test_leaves_out_what_was_not_given() -> None:
    pieces, json_bytes = encode_infer(InferResponse("m", "1", "", []), OutputForm({}, False))
    assert json_bytes is None
    assert orjson.loads(b"".join(pieces)) == {
        "model_name": "m",
        "model_version": "1",
        "outputs": [],
    }


@given(st.binary(max_size=200), st.none() | st.integers(0, 250))
def test_any_bytes_are_a_request_or_refused(body: bytes, json_bytes: int | None) -> None:
    with suppress(InvalidRequest):
        decode_infer(body, json_bytes, "m", "")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
anything = st.recursive(scalars, lambda one: st.lists(one, max_size=3), max_leaves=6)
keys = st.sampled_from(["name", "shape", "datatype", "data", "parameters"])
names = st.sampled_from(["inputs", "outputs", "id", "parameters"])


@given(
    st.dictionaries(keys, anything | st.dictionaries(st.text(max_size=3), scalars)),
    st.dictionaries(names, anything),
    st.binary(max_size=9),
)
def test_any_document_is_a_request_or_refused(
    changes: Document, more: Document, raw: bytes
) -> None:
    text = json.dumps({"inputs": [{**entry(), **changes}], **more})
    json_bytes = len(text.encode()) if raw else None
    with suppress(InvalidRequest):
        decode_infer(text.encode() + raw, json_bytes, "m", "")
