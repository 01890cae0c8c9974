# SPDX-License-Identifier: Apache-2.0
"""What the response codec writes is what protobuf reads."""

from __future__ import annotations

import base64

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.grpc_codec.response import encode_response, varint
from velaserve_runtime.protocol.grpc_messages import decode
from velaserve_runtime.protocol.infer import InferResponse
from velaserve_runtime.protocol.tensors import Tensor


@given(st.text(max_size=200), st.text(max_size=9), st.lists(st.integers(0, 200), max_size=3))
def test_protobuf_reads_the_answer(name: str, identity: str, shape: list[int]) -> None:
    array = np.zeros([min(dim, 200 // (index + 1)) for index, dim in enumerate(shape)], np.int8)
    response = InferResponse(name, "3", identity, [Tensor("y", "INT8", array)])
    got = decode("inference.ModelInferResponse", b"".join(encode_response(response)))
    output = {"name": "y", "datatype": "INT8", "shape": [str(dim) for dim in array.shape]}
    wanted = {
        "model_name": name,
        "model_version": "3",
        "id": identity,
        "outputs": [{key: value for key, value in output.items() if value}],
        "raw_output_contents": [base64.b64encode(array.tobytes()).decode()],
    }
    assert got == {key: value for key, value in wanted.items() if value}


def test_tensors_are_not_copied() -> None:
    array = np.ones(1000, np.float32)
    pieces = encode_response(InferResponse("m", "1", "", [Tensor("y", "FP32", array)]))
    assert np.shares_memory(np.frombuffer(pieces[-1], np.uint8), array)


def test_varints() -> None:
    assert [varint(number) for number in (0, 127, 128, 300)] == [
        b"\x00",
        b"\x7f",
        b"\x80\x01",
        b"\xac\x02",
    ]
