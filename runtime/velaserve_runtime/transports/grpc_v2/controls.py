# SPDX-License-Identifier: Apache-2.0
"""Every method of GRPCInferenceService but ModelInfer: short answers in protobuf's JSON form."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import NotFound, Unsupported
from velaserve_runtime.protocol.parameters import refuse_load_parameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.protocol.metadata import JSON

    Fields = dict[str, JSON]
    Control = Callable[[DataPlane, Fields], Fields]
    Operation = Callable[[DataPlane, Fields], Awaitable[None]]


def server_live(plane: DataPlane, request: Fields) -> Fields:
    del request
    return {"live": plane.live()}


def server_ready(plane: DataPlane, request: Fields) -> Fields:
    del request
    return {"ready": plane.ready()}


def model_ready(plane: DataPlane, request: Fields) -> Fields:
    """An unknown model is not ready, as in Triton: its users poll this until a load is done."""
    with suppress(NotFound):
        return {"ready": plane.model_ready(*_model(request))}
    return {"ready": False}


def server_metadata(plane: DataPlane, request: Fields) -> Fields:
    del request
    return plane.server_metadata().to_json()


def model_metadata(plane: DataPlane, request: Fields) -> Fields:
    return plane.model_metadata(*_model(request)).to_json()


def model_config(plane: DataPlane, request: Fields) -> Fields:
    return {"config": plane.model_config(*_model(request))}


def model_statistics(plane: DataPlane, request: Fields) -> Fields:
    return {"model_stats": plane.statistics(*_model(request))}


def repository_index(plane: DataPlane, request: Fields) -> Fields:
    _refuse_repository_name(request)
    ready_only = request.get("ready") is True
    return {"models": [entry.to_json() for entry in plane.index(ready_only)]}


CONTROLS: Mapping[str, Control] = {
    "ServerLive": server_live,
    "ServerReady": server_ready,
    "ModelReady": model_ready,
    "ServerMetadata": server_metadata,
    "ModelMetadata": model_metadata,
    "ModelConfig": model_config,
    "ModelStatistics": model_statistics,
    "RepositoryIndex": repository_index,
}


async def load(plane: DataPlane, request: Fields) -> None:
    _refuse_repository_name(request)
    refuse_load_parameters(request.get("parameters"))
    await plane.load(_text(request, "model_name"))


async def unload(plane: DataPlane, request: Fields) -> None:
    _refuse_repository_name(request)
    await plane.unload(_text(request, "model_name"))


OPERATIONS: Mapping[str, Operation] = {
    "RepositoryModelLoad": load,
    "RepositoryModelUnload": unload,
}


def _model(request: Fields) -> tuple[str, str]:
    return _text(request, "name"), _text(request, "version")


def _text(request: Fields, field: str) -> str:
    return str(request.get(field, ""))


def _refuse_repository_name(request: Fields) -> None:
    if name := _text(request, "repository_name"):
        raise Unsupported(
            f"repository_name is '{name}', but this server has one repository; leave it empty"
        )
