# SPDX-License-Identifier: Apache-2.0
"""The messages of the kubelet's device plugin API v1beta1, as far as cards need them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from google.protobuf import message_factory
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from google.protobuf.message import Message

VERSION = "v1beta1"
REGISTER = f"/{VERSION}.Registration/Register"
PLUGIN_SERVICE = f"{VERSION}.DevicePlugin"

# Fields in the order of their numbers, from 1 on; with a type, a list of those.
_MESSAGES: Mapping[str, Sequence[str]] = {
    "Empty": (),
    "DevicePluginOptions": (),
    "RegisterRequest": ("version", "endpoint", "resource_name"),
    "Device": ("ID", "health"),
    "ListAndWatchResponse": ("devices Device",),
    "AllocateRequest": ("container_requests ContainerAllocateRequest",),
    "ContainerAllocateRequest": ("devices_ids string",),
    "AllocateResponse": ("container_responses ContainerAllocateResponse",),
    "ContainerAllocateResponse": ("envs Variable",),
    "Variable": ("key", "value"),  # of a map, which is a list of such on the wire
}


@cache
def message(name: str) -> type[Any]:  # Any: what a class made at run time has, no checker knows
    kind: type[Message] = message_factory.GetMessageClass(
        _pool().FindMessageTypeByName(f"{VERSION}.{name}")
    )
    return kind


@cache
def _pool() -> DescriptorPool:
    file = FileDescriptorProto(name="device_plugin.proto", package=VERSION, syntax="proto3")
    for name, fields in _MESSAGES.items():
        made = file.message_type.add(name=name)
        made.field.extend(_field(number, text) for number, text in enumerate(fields, start=1))
    pool = DescriptorPool()
    pool.Add(file)
    return pool


def _field(number: int, text: str) -> FieldDescriptorProto:
    name, _, kind = text.partition(" ")
    made = FieldDescriptorProto(name=name, number=number)
    made.label = made.LABEL_REPEATED if kind else made.LABEL_OPTIONAL
    made.type = made.TYPE_MESSAGE if kind in _MESSAGES else made.TYPE_STRING
    if kind in _MESSAGES:
        made.type_name = f".{VERSION}.{kind}"
    return made
