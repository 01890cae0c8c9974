# SPDX-License-Identifier: Apache-2.0
"""An inference request and its answer, the same for every wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.tensors import Tensor

Parameter = bool | int | float | str
Parameters = dict[str, Parameter]

FALLBACK_HEADER = "velaserve-fallback-from"
"""Beside an answer of a model that runs on the CPU instead of this device, on both wires."""
NO_PARAMETERS: Mapping[str, Parameter] = {}


@dataclass(slots=True)
class InferRequest:
    """A decoded request: consistent in itself, not yet checked against the model."""

    model_name: str
    model_version: str
    """Empty = the newest served version."""
    inputs: list[Tensor]
    id: str = ""
    outputs: tuple[str, ...] = ()
    """Names of the wanted outputs, in the wanted order; empty = all."""
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: NO_PARAMETERS)
    deadline_s: float | None = None
    """On time.monotonic()'s clock: the earliest the wire knows (gRPC deadline, header)."""


@dataclass(slots=True)
class InferResponse:
    """The answer of exactly one model version."""

    model_name: str
    model_version: str
    id: str
    outputs: list[Tensor]
    fallback_from: str = ""
    """The device that this was not run on; what it was run on instead is the CPU."""
