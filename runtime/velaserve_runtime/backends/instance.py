# SPDX-License-Identifier: Apache-2.0
"""ModelInstance: all the scheduler knows of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from velaserve_runtime.protocol.datatypes import Array
    from velaserve_runtime.protocol.tensors import ModelSpec

Arrays = dict[str, "Array"]
"""Input or output name -> values; BF16 as uint16 bits, BYTES as an object array of `bytes`."""


class ModelInstance(Protocol):
    """One copy of one model version, used by one thread at a time; no loop, no threads inside.

    `load` comes first, `close` last; `execute` and `warm_up` between them.
    `cancel` alone may be called from another thread, also while `execute` runs.
    """

    def load(self) -> ModelSpec:
        """Reads the model.

        Raises:
            LoadFailed: the file is missing, unreadable or not of this format.
        """
        ...

    def warm_up(self, sample: Arrays) -> Arrays:
        """Runs one batch that no client waits for; may compile or allocate.

        Raises:
            LoadFailed: the model cannot run at all.
        """
        ...

    def execute(self, batch: Arrays) -> Arrays:
        """Runs one batch; the answer's arrays are fresh, nobody else writes to them.

        Raises:
            ModelFailed: the model raised, or was cancelled.
        """
        ...

    def cancel(self) -> None:
        """Asks a running `execute` to end early where the engine can; else does nothing."""
        ...

    def close(self) -> None:
        """Gives everything back; idempotent."""
        ...
