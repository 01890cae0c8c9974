# SPDX-License-Identifier: Apache-2.0
"""What the server says of itself and of its models; each to_json is what both wires send."""

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

    def to_json(self) -> dict[str, JSON]:
        return {"name": self.name, "version": self.version, "extensions": [*self.extensions]}


class ModelMetadata(NamedTuple):
    """GET /v2/models/{m}, ModelMetadata."""

    name: str
    versions: tuple[str, ...]
    platform: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    properties: Mapping[str, str]

    def to_json(self) -> dict[str, JSON]:
        answer: dict[str, JSON] = {
            "name": self.name,
            "versions": [*self.versions],
            "platform": self.platform,
            "inputs": [_tensor(spec) for spec in self.inputs],
            "outputs": [_tensor(spec) for spec in self.outputs],
        }
        return {**answer, "properties": {**self.properties}} if self.properties else answer


class IndexEntry(NamedTuple):
    """One row of the repository index; `state` is one of Triton's words."""

    name: str
    version: str
    state: str
    reason: str

    def to_json(self) -> dict[str, JSON]:
        """Without what is empty."""
        return {name: value for name, value in self._asdict().items() if value}


def _tensor(spec: TensorSpec) -> dict[str, JSON]:
    return {"name": spec.name, "datatype": spec.datatype, "shape": [*spec.shape]}
