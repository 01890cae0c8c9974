# SPDX-License-Identifier: Apache-2.0
"""What the server says of itself and of its models."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.tensors import TensorSpec

JSON = bool | int | float | str | list["JSON"] | dict[str, "JSON"] | None


class ServerMetadata(NamedTuple):
    """GET /v2, ServerMetadata."""

    name: str
    version: str
    extensions: tuple[str, ...]


class ModelMetadata(NamedTuple):
    """GET /v2/models/{m}, ModelMetadata."""

    name: str
    versions: tuple[str, ...]
    platform: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    properties: Mapping[str, str]


class IndexEntry(NamedTuple):
    """One row of the repository index; `state` is one of Triton's words."""

    name: str
    version: str
    state: str
    reason: str
