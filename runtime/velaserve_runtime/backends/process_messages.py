# SPDX-License-Identifier: Apache-2.0
"""What a server and a model process say to each other; one question, then its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.protocol.errors import (
    ConfigError,
    InvalidRequest,
    LoadFailed,
    ModelFailed,
    VelaserveError,
)

if TYPE_CHECKING:
    from velaserve_runtime.backends.shared_memory import Slot
    from velaserve_runtime.protocol.tensors import ModelSpec

_ERRORS = {kind.__name__: kind for kind in (ConfigError, InvalidRequest, LoadFailed, ModelFailed)}


class Load(NamedTuple):
    """Asks for the model; answered by Loaded or Failed."""


class UseSegment(NamedTuple):
    """The descriptor of a segment follows; not answered."""

    is_input: bool
    size_bytes: int


class Execute(NamedTuple):
    """Asks for a run; answered by Done or Failed, before that once by NeedsOutput perhaps."""

    number: int
    inputs: list[Slot]
    warm_up: bool


class Close(NamedTuple):
    """Asks the process to end; not answered."""


class LogLine(NamedTuple):
    """What the model logged, for the server's log."""

    logger: str
    level: int
    text: str


class Loaded(NamedTuple):
    """The model is there."""

    spec: ModelSpec
    log: list[LogLine]


class NeedsOutput(NamedTuple):
    """The answer is larger than the segment; go on with UseSegment."""

    size_bytes: int


class Done(NamedTuple):
    """The run has ended; its answer is in the output segment."""

    outputs: list[Slot]
    log: list[LogLine]


class Failed(NamedTuple):
    """An error, as text: a model's own exception class may not exist in the server."""

    kind: str
    text: str
    log: list[LogLine]

    def error(self) -> VelaserveError:
        return _ERRORS.get(self.kind, ModelFailed)(self.text)


Question = Load | UseSegment | Execute | Close
Answer = Loaded | NeedsOutput | Done | Failed
