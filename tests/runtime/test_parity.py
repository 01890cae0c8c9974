# SPDX-License-Identifier: Apache-2.0
"""REST and gRPC answer the same request with the same tensors, or the same refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from support.grpc_client import INFER, GrpcClient
from support.models import write_onnx
from support.prometheus import parse
from support.repositories import standard_server
from support.wires import Document, Wires, assert_alike, payload, request, without_data, x
from velaserve_runtime.protocol import errors
from velaserve_runtime.protocol.grpc_messages import message_class
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    with standard_server(tmp_path_factory.mktemp("parity")) as server:
        client = GrpcClient(server.grpc_port)
        yield Wires(server, client)
        client.close()


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    """A server with low limits, no repository API and a model that does not load."""
    folder = tmp_path_factory.mktemp("strict")
    write_onnx(folder / "corrupt" / "1", b"no ONNX")
    with standard_server(folder, "--repository-api", "off", "--max-body-bytes", "4096") as server:
        client = GrpcClient(server.grpc_port)
        yield Wires(server, client)
        client.close()


BAD_REQUESTS: dict[str, tuple[Document, type[errors.VelaserveError]]] = {
    "unexpected input": (request(x(name="z")), errors.InvalidRequest),
    "nameless input": (request(x(name="")), errors.InvalidRequest),
    "input twice": (request(x(), x()), errors.InvalidRequest),
    "no inputs": (request(), errors.InvalidRequest),
    "unknown datatype": (request(x(datatype="FP8")), errors.InvalidRequest),
    "no datatype": (request(x(datatype="")), errors.InvalidRequest),
    "other datatype": (request(x(datatype="INT32")), errors.InvalidRequest),
    "other shape": (request(x(shape=[4, 1])), errors.InvalidRequest),
    "no dimensions": (request(x(shape=[], data=[1])), errors.InvalidRequest),
    "negative dimension": (request(x(shape=[-1, 4])), errors.InvalidRequest),
    "33 dimensions": (request(x(shape=[1] * 33)), errors.InvalidRequest),
    "more than memory": (request(x(shape=[2**40, 2**40])), errors.InvalidRequest),
    "too few elements": (request(x(data=[1, 2])), errors.InvalidRequest),
    "no elements": (request(x(data=[])), errors.InvalidRequest),
    "out of range": (request(x(datatype="UINT8", data=[1, 256, 3, 4])), errors.InvalidRequest),
    "unknown output": (request(x(), outputs=[{"name": "q"}]), errors.InvalidRequest),
    "output twice": (request(x(), outputs=[{"name": "y"}] * 2), errors.InvalidRequest),
    "priority": (request(x(), parameters={"priority": 11}), errors.InvalidRequest),
    "negative timeout": (request(x(), parameters={"timeout": -1}), errors.InvalidRequest),
    "timeout is text": (request(x(), parameters={"timeout": "soon"}), errors.InvalidRequest),
    "sequence": (request(x(), parameters={"sequence_id": 5}), errors.InvalidRequest),
    "shared memory": (
        request(x(parameters={"shared_memory_region": "r"})),
        errors.InvalidRequest,
    ),
    "classification": (
        request(x(), outputs=[{"name": "y", "parameters": {"classification": 2}}]),
        errors.InvalidRequest,
    ),
    "deadline passed": (request(x(), parameters={"timeout": 1}), errors.DeadlineExceeded),
}


@pytest.mark.parametrize("name", BAD_REQUESTS)
def test_a_bad_request_is_refused_alike(wires: Wires, name: str) -> None:
    document, kind = BAD_REQUESTS[name]
    assert_alike(wires, kind, wires.rest(document), payload(document))


@pytest.mark.parametrize(
    ("model", "version", "kind"),
    [
        ("nobody", "", errors.ModelNotFound),
        ("double", "7", errors.VersionNotFound),
        ("double", "latest", errors.VersionNotFound),
        ("failing", "", errors.ModelFailed),
    ],
)
def test_a_bad_model_is_refused_alike(
    wires: Wires, model: str, version: str, kind: type[errors.VelaserveError]
) -> None:
    answer = wires.rest(request(x()), model, version)
    assert_alike(wires, kind, answer, payload(request(x()), model, version))


def test_inputs_of_different_length_are_refused_alike(wires: Wires) -> None:
    inputs = [
        {"name": f"INPUT{rows}", "shape": [rows + 1, 16], "datatype": "INT32", "data": [1] * size}
        for rows, size in ((0, 16), (1, 32))
    ]
    answer = wires.rest(request(*inputs), "simple")
    assert_alike(wires, errors.InvalidRequest, answer, payload(request(*inputs), "simple"))


@pytest.mark.parametrize("size_bytes", [0, 12, 17])
def test_raw_bytes_of_another_size_are_refused_alike(wires: Wires, size_bytes: int) -> None:
    raw = bytes(size_bytes)
    entry = without_data(x())
    message = message_class("inference.ModelInferRequest")(
        model_name="double", inputs=[entry], raw_input_contents=[raw]
    )
    document = request({**entry, "parameters": {"binary_data_size": size_bytes}})
    answer = wires.rest_raw(document, raw)
    assert_alike(wires, errors.InvalidRequest, answer, message.SerializeToString())


def test_a_broken_body_is_the_clients_fault(wires: Wires) -> None:
    answer = wires.server.request("POST", "/v2/models/double/infer", b"\xff{")
    refusal = wires.client.refusal(INFER, b"\xff{")
    assert (answer.status, refusal.code) == status_of(errors.InvalidRequest(""))


@pytest.mark.parametrize(
    ("method", "path", "control", "fields"),
    [
        ("GET", "/v2/models/nobody", "ModelMetadata", {"name": "nobody"}),
        ("GET", "/v2/models/nobody/config", "ModelConfig", {"name": "nobody"}),
        ("GET", "/v2/models/nobody/stats", "ModelStatistics", {"name": "nobody"}),
        ("GET", "/v2/models/double/versions/7", "ModelMetadata", {"name": "double", "version": 7}),
        (
            "POST",
            "/v2/repository/models/nobody/load",
            "RepositoryModelLoad",
            {"model_name": "nobody"},
        ),
        (
            "POST",
            "/v2/repository/models/nobody/unload",
            "RepositoryModelUnload",
            {"model_name": "nobody"},
        ),
    ],
)
def test_an_unknown_model_is_not_found_alike(
    wires: Wires, method: str, path: str, control: str, fields: Document
) -> None:
    answer = wires.server.request(method, path)
    texts = {name: str(value) for name, value in fields.items()}
    refusal = wires.client.refused_control(control, **texts)
    assert (answer.status, refusal.code) == status_of(errors.NotFound())
    assert refusal.details == answer.json["error"]


def test_loading_with_a_configuration_is_refused_alike(wires: Wires) -> None:
    path = "/v2/repository/models/double/load"
    answer = wires.server.request("POST", path, json.dumps({"parameters": {"config": "{}"}}))
    refusal = wires.client.refused_control(
        "RepositoryModelLoad", model_name="double", parameters={"config": {"string_param": "{}"}}
    )
    assert (answer.status, refusal.code) == status_of(errors.InvalidRequest())
    assert refusal.details == answer.json["error"]


def test_refusals_are_counted_alike(wires: Wires) -> None:
    def refused() -> float:
        families = parse(wires.server.request("GET", "/metrics").body.decode())
        return families["nv_inference_request_failure"].value(
            model="double", version="1", reason="bad_request"
        )

    assert wires.rest(request()).status == 400
    after_rest = refused()
    wires.client.refusal(INFER, payload(request()))
    assert refused() == after_rest + 1


def test_values_of_another_type_are_the_clients_fault(wires: Wires) -> None:
    document = request(x(datatype="FP32", data=["a"] * 4))
    message = message_class("inference.ModelInferRequest")(
        model_name="double",
        inputs=[{**without_data(x()), "contents": {"bytes_contents": [b"a"] * 4}}],
    )
    answer = wires.rest(document)
    refusal = wires.client.refusal(INFER, message.SerializeToString())
    assert (answer.status, refusal.code) == status_of(errors.InvalidRequest())
    assert "input 'x'" in answer.json["error"]
    assert "input 'x'" in refusal.details


def test_what_is_too_large_is_refused_with_the_same_class(strict: Wires) -> None:
    document = request(x(shape=[1000, 4], data=[0.5] * 4000))
    refusal = strict.client.refusal(INFER, payload(document))
    assert (strict.rest(document).status, refusal.code) == status_of(errors.TooLarge())


def test_a_model_that_does_not_load_is_refused_alike(strict: Wires) -> None:
    answer = strict.rest(request(x()), "corrupt")
    assert_alike(strict, errors.NotReady, answer, payload(request(x()), "corrupt"))
    told = strict.server.request("GET", "/v2/models/corrupt").json["error"]
    assert strict.client.refused_control("ModelMetadata", name="corrupt").details == told


@pytest.mark.parametrize("operation", ["load", "unload"])
def test_a_repository_that_is_off_is_refused_alike(strict: Wires, operation: str) -> None:
    answer = strict.server.request("POST", f"/v2/repository/models/double/{operation}")
    method = f"RepositoryModel{operation.capitalize()}"
    refusal = strict.client.refused_control(method, model_name="double")
    assert (answer.status, refusal.code) == status_of(errors.RepositoryApiOff())
    assert refusal.details == answer.json["error"]


@pytest.mark.parametrize(
    "document",
    [
        request(x(), id="a"),
        request(x(shape=[2, 4], data=list(range(8))), outputs=[{"name": "y"}]),
        request(x(shape=[0, 4], data=[])),
        request(x(), parameters={"priority": 2, "timeout": 60_000_000, "mine": "text"}),
        request(x(), parameters={"priority": "2", "timeout": 0}),
    ],
    ids=["id", "wanted output", "empty", "parameters", "numbers as text"],
)
def test_a_good_request_is_answered_alike(wires: Wires, document: Document) -> None:
    answer = wires.rest(document)
    assert answer.status == 200, answer
    over_rest = answer.json
    message = message_class("inference.ModelInferResponse")()
    message.ParseFromString(wires.client.unary(INFER, payload(document)))
    over_grpc: Any = message  # its fields are known at run time only
    assert over_grpc.id == over_rest.get("id", "")
    assert (over_grpc.model_name, over_grpc.model_version) == ("double", "1")
    assert over_rest["model_version"] == "1"
    (theirs,), (ours,) = over_grpc.outputs, over_rest["outputs"]
    assert (theirs.name, theirs.datatype, list(theirs.shape)) == (
        ours["name"],
        ours["datatype"],
        ours["shape"],
    )
    values = np.frombuffer(over_grpc.raw_output_contents[0], np.float32)
    np.testing.assert_array_equal(values, np.array(ours["data"], np.float32))


@pytest.mark.parametrize(
    ("path", "control", "fields"),
    [
        ("/v2", "ServerMetadata", {}),
        ("/v2/models/echo", "ModelMetadata", {"name": "echo"}),
        ("/v2/models/simple/versions/1", "ModelMetadata", {"name": "simple", "version": "1"}),
    ],
)
def test_what_is_told_is_told_alike(
    wires: Wires, path: str, control: str, fields: dict[str, str]
) -> None:
    over_rest = wires.server.request("GET", path).json
    assert with_numbers_as_text(over_rest) == wires.client.control(control, **fields)


def test_the_index_is_told_alike(wires: Wires) -> None:
    over_rest = wires.server.request("POST", "/v2/repository/index").json
    assert over_rest == wires.client.control("RepositoryIndex")["models"]
    assert {entry["state"] for entry in over_rest} == {"READY"}


def with_numbers_as_text(value: Any) -> Any:
    """Protobuf's JSON form of 64-bit numbers."""
    if isinstance(value, dict):
        return {key: with_numbers_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_numbers_as_text(item) for item in value]
    return str(value)
