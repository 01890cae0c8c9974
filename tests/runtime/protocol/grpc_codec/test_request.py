# SPDX-License-Identifier: Apache-2.0
"""The request codec beside protobuf itself: same bytes, same meaning; lies are refused."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from velaserve_runtime.protocol.datatypes import DATATYPES, Array
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_codec.contents import FIELD_OF, FIELDS
from velaserve_runtime.protocol.grpc_codec.request import scan_request
from velaserve_runtime.protocol.grpc_messages import message_class
from velaserve_runtime.protocol.raw_tensors import encode_raw

if TYPE_CHECKING:
    from velaserve_runtime.protocol.infer import InferRequest

REQUEST = message_class("inference.ModelInferRequest")
FP32_PAIR = {"name": "x", "datatype": "FP32", "shape": [2]}


def payload(**fields: object) -> bytes:
    return REQUEST(**fields).SerializeToString(deterministic=True)


def decode(data: bytes) -> InferRequest:
    return scan_request(data).request()


def entry(key: str, value: bytes) -> bytes:
    """A field of parameters (number 4) with an InferParameter that is written by hand."""
    name = key.encode()
    body = b"\x0a%c%b\x12%c%b" % (len(name), name, len(value), value)
    return b"\x22%c%b" % (len(body), body)


@st.composite
def tensors(draw: st.DrawFn) -> tuple[str, Array]:
    name = draw(st.sampled_from(sorted(DATATYPES)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=3)))
    count = int(np.prod(shape))
    if name == "BYTES":
        values = np.empty(count, np.object_)
        values[:] = draw(st.lists(st.binary(max_size=9), min_size=count, max_size=count))
        return name, values.reshape(shape)
    if name == "BOOL":
        bits = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        return name, np.array(bits, np.bool_).reshape(shape)
    datatype = DATATYPES[name]
    size = count * datatype.size_bytes
    raw = draw(st.binary(min_size=size, max_size=size))
    return name, np.frombuffer(raw, datatype.dtype).reshape(shape)


def same(left: Array, right: Array) -> bool:
    """NaN equals itself here: the bits must survive."""
    if left.dtype == np.object_:
        return left.shape == right.shape and bool((left == right).all())
    return (left.shape, left.dtype, left.tobytes()) == (right.shape, right.dtype, right.tobytes())


@given(st.lists(tensors(), min_size=1, max_size=3), st.text(max_size=9), st.text(max_size=9))
def test_raw_contents_mean_what_protobuf_wrote(
    wanted: list[tuple[str, Array]], name: str, identity: str
) -> None:
    got = decode(
        payload(
            model_name=name,
            model_version="7",
            id=identity,
            inputs=[
                {"name": f"in{index}", "datatype": datatype, "shape": array.shape}
                for index, (datatype, array) in enumerate(wanted)
            ],
            outputs=[{"name": "a"}, {"name": "b"}],
            raw_input_contents=[bytes(encode_raw(DATATYPES[kind], a)) for kind, a in wanted],
        )
    )
    assert (got.model_name, got.model_version, got.id) == (name, "7", identity)
    assert got.outputs == ("a", "b")
    assert [tensor.name for tensor in got.inputs] == [f"in{i}" for i in range(len(wanted))]
    assert all(same(t.array, array) for t, (_, array) in zip(got.inputs, wanted, strict=True))


@given(tensors().filter(lambda tensor: tensor[0] in FIELD_OF))
@example(("UINT16", np.arange(65536, dtype=np.uint16)))
@example(("INT64", np.array([-(2**63), -1, 0, 2**63 - 1] * 40)))
@example(("UINT64", np.array([2**64 - 1, 0] * 40, np.uint64)))
def test_typed_contents_mean_what_protobuf_wrote(tensor: tuple[str, Array]) -> None:
    datatype, array = tensor
    contents = {FIELDS[FIELD_OF[datatype]]: array.ravel().tolist()}
    fields = {"name": "x", "datatype": datatype, "shape": array.shape, "contents": contents}
    got = decode(payload(inputs=[fields])).inputs[0]
    if datatype == "FP32":  # a signalling NaN does not survive Python's float
        np.testing.assert_array_equal(got.array, array)
    else:
        assert same(got.array, array) or bool(np.isnan(array).any())


def test_unpacked_values_are_read() -> None:
    contents = b"\x10\x01\x12\x02\x02\x03\x10\x04"  # int_contents: 1, packed 2 and 3, 4
    tensor = b"\x0a\x01x\x12\x05INT32\x18\x02\x18\x02\x2a%c%b" % (len(contents), contents)
    got = decode(b"\x2a%c%b" % (len(tensor), tensor)).inputs[0].array
    assert got.tolist() == [[1, 2], [3, 4]]


def test_unpacked_floats_are_read() -> None:
    contents = b"\x35\0\0\x80\x3f\x35\0\0\0\x40"
    tensor = b"\x0a\x01x\x12\x04FP32\x18\x02\x2a%c%b" % (len(contents), contents)
    got = decode(b"\x2a%c%b" % (len(tensor), tensor)).inputs[0].array
    assert got.tolist() == [1.0, 2.0]


def test_aligned_raw_contents_are_views_of_the_message() -> None:
    message = payload(inputs=[{**FP32_PAIR, "shape": [64]}], raw_input_contents=[bytes(256)])
    start = -message.index(bytes(256)) % 4
    buffer = np.zeros(start + len(message), np.uint8)
    buffer[start:] = list(message)
    got = scan_request(buffer[start:].data).request().inputs[0].array
    assert np.shares_memory(got, buffer)
    assert not got.flags.writeable


def test_parameters_of_every_kind() -> None:
    kinds = b"\x08\x01", b"\x10\x85\xff\xff\xff\xff\xff\xff\xff\xff\x01", b"\x1a\x01t"
    more = b"\x21\0\0\0\0\0\0\xe0\x3f", b"\x28\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
    data = b"".join(entry(str(index), value) for index, value in enumerate(kinds + more))
    assert dict(decode(data).parameters) == {
        "0": True,
        "1": -123,
        "2": "t",
        "3": 0.5,
        "4": 2**64 - 1,
    }


def test_the_earlier_deadline_counts() -> None:
    timeout_1s = entry("timeout", b"\x10\xc0\x84\x3d")
    before = monotonic()
    own = scan_request(timeout_1s).request(before + 3600).deadline_s
    assert own is not None
    assert before + 1 <= own <= monotonic() + 1
    assert scan_request(timeout_1s).request(before).deadline_s == before
    assert scan_request(b"").request(None).deadline_s is None


def test_slow_bytes_counts_what_is_decoded_one_by_one() -> None:
    floats = payload(inputs=[FP32_PAIR], raw_input_contents=[bytes(8)])
    assert scan_request(floats).slow_bytes == 0
    text = {"name": "x", "datatype": "BYTES", "shape": [2]}
    assert scan_request(payload(inputs=[text], raw_input_contents=[bytes(8)])).slow_bytes == 8
    typed = {**FP32_PAIR, "contents": {"fp32_contents": [1, 2]}}
    assert scan_request(payload(inputs=[typed])).slow_bytes == 10


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"inputs": [FP32_PAIR], "raw_input_contents": [b""]}, "0 bytes of data, but 2 elements"),
        ({"inputs": [FP32_PAIR], "raw_input_contents": [bytes(9)]}, "9 bytes of data"),
        ({"inputs": [FP32_PAIR]}, r"has 0 elements, its shape \[2\] needs 2"),
        ({"raw_input_contents": [b""]}, "1 elements for 0 inputs"),
        (
            {"inputs": [FP32_PAIR, FP32_PAIR], "raw_input_contents": [bytes(8)]},
            "1 elements for 2 inputs; give one for each",
        ),
        (
            {
                "inputs": [{**FP32_PAIR, "contents": {"fp32_contents": [1, 2]}}],
                "raw_input_contents": [bytes(8)],
            },
            "both contents and raw_input_contents",
        ),
        (
            {"inputs": [{**FP32_PAIR, "contents": {"int_contents": [1, 2]}}]},
            "is FP32: its values belong in fp32_contents, found int_contents",
        ),
        (
            {"inputs": [{"name": "x", "datatype": "FP16", "contents": {"fp32_contents": [1]}}]},
            "is FP16: its values belong in raw_input_contents, found fp32_contents",
        ),
        (
            {
                "inputs": [
                    {
                        "name": "x",
                        "datatype": "UINT8",
                        "shape": [2],
                        "contents": {"uint_contents": [1, 256]},
                    }
                ]
            },
            r"element 1: 256 is outside UINT8 \(0 to 255\)",
        ),
        (
            {
                "inputs": [
                    {
                        "name": "x",
                        "datatype": "INT8",
                        "shape": [1],
                        "contents": {"int_contents": [-129]},
                    }
                ]
            },
            "element 0: -129 is outside INT8",
        ),
        ({"inputs": [{"name": "x", "datatype": "FP31"}]}, "datatype 'FP31' is unknown"),
        ({"inputs": [{**FP32_PAIR, "shape": [-1]}], "raw_input_contents": [b""]}, "negative"),
        (
            {"inputs": [{**FP32_PAIR, "shape": [2**62, 2**62]}], "raw_input_contents": [b""]},
            "larger than any request",
        ),
        ({"inputs": [{**FP32_PAIR, "shape": [1] * 400}]}, "more than 32 dimensions"),
        ({"inputs": [{**FP32_PAIR, "shape": [300] * 33}]}, "more than 32 dimensions"),
        ({"inputs": [{"name": f"{i}"} for i in range(20_000)]}, "too many fields"),
    ],
)
def test_lies_are_refused(fields: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidRequest, match=says):
        decode(payload(**fields))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (entry("p", b""), "parameter 'p' has no value"),
        (entry("sequence_id", b"\x10\x05"), "the request: parameter 'sequence_id'"),
        (entry("timeout", b"\x1a\x01x"), "parameter 'timeout' is 'x'"),
        (b"\x2a\x05" + b"\x0a\x01x\x12\xff", "reaches beyond|varint does not end"),
        (b"\x0a\x01\xff", "a string is not UTF-8 at byte 2"),
        (b"\x0a\x05abc", "a field of 5 bytes reaches beyond the 3 left at byte 2"),
        (b"\x80", "a varint does not end at byte 0"),
        (b"\xff" * 11, "a varint does not end at byte 0"),
        (b"\x0b\x0c", "wire type 3"),
        (b"\x07", "field number 0"),
        (b"\x0f", "wire type 7"),
        (b"\x00\x00", "field number 0"),
        (b"\x0d\0\0\0", "a field of 4 bytes"),
    ],
)
def test_broken_messages_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says):
        decode(data)


@pytest.mark.parametrize("name", ["shared_memory_region", "classification"])
def test_what_is_not_provided_is_refused_by_name(name: str) -> None:
    parameter = entry(name, b"\x10\x01")
    tensor = b"\x0a\x01x" + parameter
    output = tensor.replace(b"\x22", b"\x12", 1)
    with pytest.raises(InvalidRequest, match=f"input 'x': parameter '{name}'"):
        decode(b"\x2a%c%b" % (len(tensor), tensor))
    with pytest.raises(InvalidRequest, match=f"output 'x': parameter '{name}'"):
        decode(b"\x32%c%b" % (len(output), output))


def test_unknown_fields_are_skipped() -> None:
    known = payload(model_name="m")
    unknown = b"\xa0\x06\x01" + b"\xa1\x06" + bytes(8) + b"\xa2\x06\x02hi" + b"\xa5\x06" + bytes(4)
    assert decode(unknown + known + unknown).model_name == "m"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except InvalidRequest:
        return


@given(st.data())
def test_any_broken_request_is_a_request_or_refused(draw: st.DataObject) -> None:
    """Bytes near a real request reach deeper than random ones."""
    inputs = [
        {"name": "x", "datatype": "INT32", "shape": [2], "contents": {"int_contents": [1, 2]}}
    ]
    data = bytearray(payload(model_name="m", inputs=inputs, outputs=[{"name": "y"}]))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        decode(bytes(data))
    except InvalidRequest:
        return
