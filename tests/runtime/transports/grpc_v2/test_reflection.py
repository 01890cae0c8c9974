# SPDX-License-Identifier: Apache-2.0
"""grpc.reflection from outside: a client without our texts can call us."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool

from velaserve_runtime.protocol.grpc_messages import REFLECTION_SERVICES, decode, encode

if TYPE_CHECKING:
    from support.grpc_client import GrpcClient

pytestmark = pytest.mark.parametrize("service", REFLECTION_SERVICES)


def ask(client: GrpcClient, service: str, *questions: dict[str, str]) -> list[dict[str, Any]]:
    package = service.rpartition(".")[0]
    payloads = [encode(f"{package}.ServerReflectionRequest", {**one}) for one in questions]
    answers = client.stream(f"/{service}/ServerReflectionInfo", payloads)
    return [decode(f"{package}.ServerReflectionResponse", answer) for answer in answers]


def test_services_are_listed(client: GrpcClient, service: str) -> None:
    (answer,) = ask(client, service, {"host": "h", "list_services": "*"})
    assert answer["valid_host"] == "h"
    assert answer["original_request"] == {"host": "h", "list_services": "*"}
    names = [one["name"] for one in answer["list_services_response"]["service"]]
    assert {"inference.GRPCInferenceService", "grpc.health.v1.Health", service} <= {*names}


@pytest.mark.parametrize(
    "question",
    [
        {"file_containing_symbol": "inference.GRPCInferenceService"},
        {"file_containing_symbol": "inference.GRPCInferenceService.ModelInfer"},
        {"file_by_filename": "service.proto"},
    ],
    ids=str,
)
def test_the_files_rebuild_the_service(
    client: GrpcClient, service: str, question: dict[str, str]
) -> None:
    (answer,) = ask(client, service, question)
    files = answer["file_descriptor_response"]["file_descriptor_proto"]
    pool = DescriptorPool()
    for file in reversed([FileDescriptorProto.FromString(b64decode(one)) for one in files]):
        pool.AddSerializedFile(file.SerializeToString())
    methods = pool.FindServiceByName("inference.GRPCInferenceService").methods_by_name
    assert methods["ModelInfer"].input_type.full_name == "inference.ModelInferRequest"


def test_what_is_not_there_is_an_error_of_that_answer(client: GrpcClient, service: str) -> None:
    answers = ask(
        client,
        service,
        {"file_by_filename": "nothing.proto"},
        {"file_containing_symbol": "inference.Nothing"},
        {"file_containing_symbol": "inference.GRPCInferenceService.Nothing"},
        {"all_extension_numbers_of_type": "inference.ModelConfig"},
        {},
    )
    codes = [answer["error_response"]["error_code"] for answer in answers]
    assert codes == [5, 5, 5, 5, 3]
