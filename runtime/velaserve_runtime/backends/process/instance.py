# SPDX-License-Identifier: Apache-2.0
"""A ModelInstance that runs another one in a process of its own, where it can be killed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from velaserve_runtime.backends.executor import PROCESS
from velaserve_runtime.backends.process.attached import AttachedInstance
from velaserve_runtime.backends.process.keeper import Keeper
from velaserve_runtime.backends.process.launch import Launch
from velaserve_runtime.protocol.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from velaserve_runtime.backends.instance import Arrays, ModelInstance
    from velaserve_runtime.backends.readings import Reading
    from velaserve_runtime.protocol.tensors import ModelSpec

CANCEL_GRACE_S = 30.0
"""A cancelled run that goes on for so long is taken for hung, and its process is killed."""


class ProcessInstance:
    """Owns the process, and is one of its front ends: AttachedInstance says what holds for all.

    The process ends with the server, however that ends.
    """

    executor = PROCESS

    def __init__(
        self,
        build: Callable[[], ModelInstance],
        directory: Path | None = None,
        environment: Mapping[str, str] | None = None,
        cancel_grace_s: float = CANCEL_GRACE_S,
    ) -> None:
        """`build` is called in the process, so it must be picklable.

        `directory`: where the process works, else where the server does; `environment`: what it
        has beside the server's.
        """
        self._launch = Launch(build, directory, environment, cancel_grace_s)
        self._keeper: Keeper | None = None
        self._front_end: AttachedInstance | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._keeper.pid if self._keeper else None

    @property
    def address(self) -> str:
        """For an AttachedInstance in any process of this user, from `load` to `close`."""
        return self._loaded().address

    def load(self) -> ModelSpec:
        self.close()
        self._keeper = Keeper(self._launch)
        self._front_end = AttachedInstance(self._keeper.address)
        try:
            # A front end asks for one batch at a time.
            return replace(self._front_end.load(), slots=1)
        except BaseException:
            self.close()
            raise

    def warm_up(self, sample: Arrays) -> Arrays:
        return self._loaded().warm_up(sample)

    def execute(self, batch: Arrays) -> Arrays:
        return self._loaded().execute(batch)

    def cancel(self) -> None:
        if self._front_end is not None:
            self._front_end.cancel()

    def close(self) -> None:
        keeper, self._keeper = self._keeper, None
        front_end, self._front_end = self._front_end, None
        if keeper is not None:
            keeper.close()
        if front_end is not None:
            front_end.close()

    def readings(self) -> Sequence[Reading]:
        return self._keeper.readings() if self._keeper else ()

    def _loaded(self) -> AttachedInstance:
        if self._front_end is None:
            raise ModelFailed("the model is not loaded")
        return self._front_end
