# SPDX-License-Identifier: Apache-2.0
"""Runner: all the scheduler knows of a model. ModelInstance: what a backend makes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from velaserve_runtime.protocol.errors import VelaserveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

Arrays = dict[str, "Array"]
"""Input or output name -> values; BF16 as uint16 bits, BYTES as an object array of `bytes`."""


class StandIn(dict[str, "Array"]):
    """Outputs that the CPU computed because `device` could not; else plain Arrays."""

    __slots__ = ("device",)

    def __init__(self, outputs: Arrays, device: str) -> None:
        super().__init__(outputs)
        self.device = device


def made_of(sources: Sequence[Arrays], outputs: Arrays) -> Arrays:
    """`outputs`, as a StandIn if one of `sources`, of which they are made, is one."""
    for source in sources:
        if isinstance(source, StandIn):
            return StandIn(outputs, source.device)
    return outputs


class Runner(Protocol):
    """One copy of one model version, used by one thread at a time.

    `cancel` alone may be called from another thread, also while `execute` runs.
    """

    def execute(self, batch: Arrays) -> Arrays:
        """Runs one batch; the answer's arrays are fresh, nobody else writes to them.

        Raises:
            ModelFailed: the model raised, or was cancelled.
            DeviceError: the device is to blame.
        """
        ...

    def cancel(self) -> None:
        """Asks a running `execute` to end early where the engine can; else does nothing."""
        ...

    def close(self) -> None:
        """Gives everything back; idempotent."""
        ...


class ModelInstance(Runner, Protocol):
    """A Runner to be loaded; no loop, no threads inside.

    `load` comes first, `close` last; `execute` and `warm_up` between them.
    """

    def load(self) -> ModelSpec:
        """Reads the model.

        Raises:
            LoadFailed: the file is missing, unreadable or not of this format.
            DeviceError: the device is to blame.
        """
        ...

    def warm_up(self, sample: Arrays) -> Arrays:
        """Runs one batch that no client waits for; may compile or allocate.

        Raises:
            LoadFailed: the model cannot run at all.
            DeviceError: the device is to blame.
        """
        ...


def close_all(runners: Iterable[Runner]) -> None:
    """Closes each, also when one refuses."""
    for runner in runners:
        with suppress(VelaserveError):
            runner.close()
