# SPDX-License-Identifier: Apache-2.0
"""The messages: fresh descriptors, Triton's numbers, the JSON form there and back."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from hypothesis import given
from hypothesis import strategies as st

from ci.tools.protobuf import compiled
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.grpc_messages import (
    HEALTH_SERVICE,
    INFERENCE_SERVICE,
    REFLECTION_SERVICES,
    decode,
    descriptor_pool,
    descriptor_set,
    encode,
    message_class,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from google.protobuf.descriptor_pb2 import DescriptorProto, EnumDescriptorProto

    from velaserve_runtime.protocol.metadata import JSON

    Facts = dict[str, tuple[object, ...]]

TRITONS_DESCRIPTORS = """
import sys
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from tritonclient.grpc import model_config_pb2, service_pb2

files = FileDescriptorSet()
for module in (model_config_pb2, service_pb2):
    module.DESCRIPTOR.CopyToProto(files.file.add())
sys.stdout.buffer.write(files.SerializeToString())
"""
NOT_TRITONS = "inference.ModelMetadataResponse.properties"
"""The Open Inference Protocol has it, Triton does not."""


def facts(files: FileDescriptorSet) -> Facts:
    """Of each field: number, type and label; of each enum value: number; of each method: types."""
    found: Facts = {}
    for file in files.file:
        found |= message_facts(file.package, file.message_type)
        found |= enum_facts(file.package, file.enum_type)
        for service in file.service:
            for method in service.method:
                name = f"{file.package}.{service.name}.{method.name}"
                streams = method.client_streaming, method.server_streaming
                found[name] = method.input_type, method.output_type, *streams
    return found


def message_facts(scope: str, messages: Iterable[DescriptorProto]) -> Facts:
    found: Facts = {}
    for message in messages:
        name = f"{scope}.{message.name}"
        for field in message.field:
            kind = field.type, field.type_name, field.label, field.HasField("oneof_index")
            found[f"{name}.{field.name}"] = field.number, *kind
        found |= message_facts(name, message.nested_type)
        found |= enum_facts(name, message.enum_type)
    return found


def enum_facts(scope: str, enums: Iterable[EnumDescriptorProto]) -> Facts:
    return {
        f"{scope}.{enum.name}.{value.name}": (value.number,)
        for enum in enums
        for value in enum.value
    }


def test_descriptors_are_fresh() -> None:
    pytest.importorskip("grpc_tools", reason="grpcio-tools compiles the texts")
    assert descriptor_set() == compiled(), "run: python -m ci.tools.protobuf"


def test_every_number_is_tritons() -> None:
    pytest.importorskip("tritonclient", reason="it brings Triton's descriptors")
    command = [sys.executable, "-c", TRITONS_DESCRIPTORS]
    theirs = facts(FileDescriptorSet.FromString(subprocess.check_output(command)))
    ours = facts(descriptor_set())
    shared = [name for name in ours if name.startswith("inference.")]
    differing = [name for name in shared if ours[name] != theirs.get(name)]
    properties = [NOT_TRITONS, *(name for name in shared if "PropertiesEntry" in name)]
    assert sorted(differing) == sorted(properties)
    assert len(shared) > 150


@pytest.mark.parametrize("service", [INFERENCE_SERVICE, HEALTH_SERVICE, *REFLECTION_SERVICES])
def test_services_are_in_the_pool(service: str) -> None:
    assert descriptor_pool().FindServiceByName(service).full_name == service


def test_the_default_pool_stays_clean() -> None:
    program = (
        "from velaserve_runtime.protocol.grpc_messages import message_class\n"
        "message_class('inference.ServerLiveRequest')\n"
        "from google.protobuf.descriptor_pool import Default\n"
        "Default().FindMessageTypeByName('inference.ServerLiveRequest')"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "KeyError" in run.stderr


def test_a_message_and_its_json_form() -> None:
    config: dict[str, JSON] = {
        "name": "m",
        "max_batch_size": 8,
        "input": [{"name": "x", "data_type": "TYPE_FP32", "dims": ["-1", "3"]}],
        "parameters": {"device": {"string_value": "cpu"}},
    }
    data = encode("inference.ModelConfigResponse", {"config": {**config, "curve": [1, 2]}})
    assert decode("inference.ModelConfigResponse", data) == {"config": config}


def test_an_unknown_message_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        message_class("inference.ModelStreamInferResponse")


@pytest.mark.parametrize("payload", [b"\xff", b"\x0a\x01\xff", b"\x0b" * 5000], ids=str)
def test_broken_payloads_are_refused(payload: bytes) -> None:
    with pytest.raises(InvalidRequest, match=r"no inference\.ModelReadyRequest message"):
        decode("inference.ModelReadyRequest", payload)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_refused(payload: bytes) -> None:
    try:
        decode("inference.RepositoryModelLoadRequest", payload)
    except InvalidRequest:
        return
