# SPDX-License-Identifier: Apache-2.0
"""grpc.reflection v1 and v1alpha: the descriptors of the private pool."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.grpc_messages import (
    HEALTH_SERVICE,
    INFERENCE_SERVICE,
    REFLECTION_SERVICES,
    decode,
    descriptor_pool,
    encode,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from google.protobuf.descriptor import FileDescriptor

    from velaserve_runtime.protocol.metadata import JSON

SERVICES = (INFERENCE_SERVICE, HEALTH_SERVICE, *REFLECTION_SERVICES)
INVALID_ARGUMENT, NOT_FOUND = 3, 5


async def server_reflection_info(
    package: str, payloads: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    """Answers each question of the stream; `package` is grpc.reflection.v1 or .v1alpha."""
    async for payload in payloads:
        request = decode(f"{package}.ServerReflectionRequest", payload)
        response = {
            "valid_host": request.get("host", ""),
            "original_request": request,
            **_answer(request),
        }
        yield encode(f"{package}.ServerReflectionResponse", response)


def _answer(request: dict[str, JSON]) -> dict[str, JSON]:
    for question, value in request.items():
        if question == "list_services":
            return {"list_services_response": {"service": [{"name": one} for one in SERVICES]}}
        if question in ("file_by_filename", "file_containing_symbol"):
            return _files(question, str(value))
        if question in ("file_containing_extension", "all_extension_numbers_of_type"):
            return _error(NOT_FOUND, "this server's messages have no extensions")
    return _error(INVALID_ARGUMENT, "the request asks nothing")


def _files(question: str, name: str) -> dict[str, JSON]:
    pool = descriptor_pool()
    try:
        file = pool.FindFileByName(name) if question == "file_by_filename" else _containing(name)
    except KeyError:
        return _error(NOT_FOUND, f"{question}: '{name}' is not known here")
    encoded: list[JSON] = [b64encode(one.serialized_pb).decode() for one in _with_imports(file)]
    return {"file_descriptor_response": {"file_descriptor_proto": encoded}}


def _containing(symbol: str) -> FileDescriptor:
    """A method is no symbol to every protobuf, but its service is."""
    try:
        return descriptor_pool().FindFileContainingSymbol(symbol)
    except KeyError:
        service, _, method = symbol.rpartition(".")
        descriptor = descriptor_pool().FindServiceByName(service)
        return descriptor.methods_by_name[method].containing_service.file


def _with_imports(file: FileDescriptor) -> list[FileDescriptor]:
    found = {file.name: file}
    for imported in file.dependencies:
        found |= {one.name: one for one in _with_imports(imported)}
    return list(found.values())


def _error(code: int, message: str) -> dict[str, JSON]:
    return {"error_response": {"error_code": code, "error_message": message}}
