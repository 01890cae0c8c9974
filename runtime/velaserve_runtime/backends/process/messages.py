# SPDX-License-Identifier: Apache-2.0
"""What a model process and its front ends, and it and its owner, say to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.backends.process.launch import Begin
from velaserve_runtime.protocol.errors import ModelFailed, VelaserveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.backends.readings import Reading
    from velaserve_runtime.backends.shared_memory import Slot
    from velaserve_runtime.protocol.tensors import ModelSpec

GONE = (EOFError, OSError)
"""What a connection raises when the other side is no more."""


class Loaded(NamedTuple):
    """The model is there; for the owner, then the first words to each front end.

    To a front end, the descriptor of the process's Fate follows; it answers with that of a pipe,
    where the numbers of cancelled runs will come from.
    """

    spec: ModelSpec
    cancel_grace_s: float
    """A cancelled run that goes on for longer is taken for hung."""


class UseSegment(NamedTuple):
    """The descriptor of a segment follows; not answered."""

    is_input: bool
    size_bytes: int


class Execute(NamedTuple):
    """Asks for a run; answered by Done or Failed, before that once by NeedsOutput perhaps."""

    number: int
    inputs: list[Slot]
    warm_up: bool


class NeedsOutput(NamedTuple):
    """The answer is larger than the segment; go on with UseSegment."""

    size_bytes: int


class Done(NamedTuple):
    """The run has ended; its answer is in the output segment."""

    outputs: list[Slot]


class Failed(NamedTuple):
    """An error, as text: a model's own exception class may not exist in the server."""

    kinds: tuple[str, ...]
    """The error's class and its bases, nearest first."""
    text: str

    @classmethod
    def of(cls, err: Exception) -> Failed:
        text = str(err) if isinstance(err, VelaserveError) else f"{type(err).__name__}: {err}"
        return cls(tuple(kind.__name__ for kind in type(err).__mro__), text)

    def error(self) -> VelaserveError:
        """Of the nearest class that is known here, else ModelFailed."""
        known = {kind.__name__: kind for kind in _kinds(VelaserveError)}
        kinds = [known[name] for name in self.kinds if name in known]
        return (kinds or [ModelFailed])[0](self.text)


class Close(NamedTuple):
    """Asks the process to end; not answered."""


class LogLine(NamedTuple):
    """What the model logged, for the owner's log."""

    logger: str
    level: int
    text: str


class Readings(NamedTuple):
    """What the model tells of itself, for the owner's metrics; the last one counts."""

    readings: tuple[Reading, ...]


Question = UseSegment | Execute
Answer = Loaded | NeedsOutput | Done | Failed
Order = Begin | Close
Report = Loaded | Failed | LogLine | Readings


def _kinds(base: type[VelaserveError]) -> Iterator[type[VelaserveError]]:
    """Classes below `base` that are made from nothing but a text."""
    for kind in base.__subclasses__():
        if kind.__init__ is Exception.__init__:
            yield kind
        yield from _kinds(kind)
