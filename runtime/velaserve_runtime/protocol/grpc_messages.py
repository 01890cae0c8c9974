# SPDX-License-Identifier: Apache-2.0
"""The protobuf messages of proto/*.proto, in a pool of their own.

tritonclient and kserve register the same names in protobuf's default pool; a private one works
beside either. ci/tools/protobuf.py makes descriptors.binpb from the texts.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from google.protobuf import json_format, message_factory
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from google.protobuf.descriptor import Descriptor

    from velaserve_runtime.protocol.metadata import JSON

    Payload = bytes | bytearray | memoryview

INFERENCE_SERVICE = "inference.GRPCInferenceService"
HEALTH_SERVICE = "grpc.health.v1.Health"
REFLECTION_SERVICES = (
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
)


def descriptor_set() -> FileDescriptorSet:
    """Every file of proto/, imported ones first."""
    data = files("velaserve_runtime.protocol").joinpath("proto", "descriptors.binpb").read_bytes()
    return FileDescriptorSet.FromString(data)


@cache
def descriptor_pool() -> DescriptorPool:
    pool = DescriptorPool()
    for file in descriptor_set().file:
        pool.AddSerializedFile(file.SerializeToString())
    return pool


@cache
def message_class(name: str) -> type[Message]:
    """The class of a message by its full name, such as inference.ModelInferRequest.

    Raises:
        KeyError: proto/ declares no such message.
    """
    return _class_factory()(descriptor_pool().FindMessageTypeByName(name))


@cache
def _class_factory() -> Callable[[Descriptor], type[Message]]:
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass
    # protobuf before 4.22, as in CANN images; the stubs know only newer ones.
    factory = vars(message_factory)["MessageFactory"](descriptor_pool())
    return cast("Callable[[Descriptor], type[Message]]", factory.GetPrototype)


def encode(name: str, fields: Mapping[str, JSON]) -> bytes:
    """The message with these fields, in protobuf's JSON form: enums by name, bytes in base64.

    Fields that the message does not have are left out: REST tells more than Triton's messages.
    """
    message = json_format.ParseDict(dict(fields), message_class(name)(), ignore_unknown_fields=True)
    return message.SerializeToString()


def decode(name: str, payload: Payload) -> dict[str, JSON]:
    """The fields that are set, in protobuf's JSON form: 64-bit numbers as text, bytes in base64.

    Raises:
        InvalidRequest: the payload is not such a message.
    """
    message = message_class(name)()
    try:
        message.ParseFromString(bytes(payload))
    except (DecodeError, ValueError, RecursionError) as err:  # the last two: protobuf in Python
        raise InvalidRequest(f"the payload is no {name} message: {err}") from err
    return json_format.MessageToDict(message, preserving_proto_field_name=True)
