# SPDX-License-Identifier: Apache-2.0
"""What AscendCL handed out, so that all of it is given back, whatever failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.errors import AscendError

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.backends.ascend.acl import Acl

_TRIES = 2
"""A device reports the failure of earlier work at whichever call comes next."""


class Handles:
    """Made in order, given back in the reverse one."""

    def __init__(self, acl: Acl) -> None:
        self.acl = acl
        self._give_back: list[Callable[[], None]] = []

    def make(self, call: str, end: str, *arguments: object) -> int:
        """A handle of a call that hands it over by its first argument. Raises: AscendError."""
        handle = self.acl.make(call, *arguments)
        self.then(end, handle)
        return handle

    def create(self, call: str, end: str, *arguments: object) -> int:
        """A handle of a call that returns it. Raises: AscendError."""
        handle = self.acl.create(call, *arguments)
        self.then(end, handle)
        return handle

    def then(self, end: str, *arguments: object) -> None:
        """Remembers one more call for `close`."""
        self._give_back.append(lambda: self.acl.do(end, *arguments))

    def close(self) -> list[AscendError]:
        """What could not be given back; a device that is gone takes nothing any more."""
        failed: list[AscendError] = []
        while self._give_back:
            error = _tried(self._give_back.pop())
            if error is not None:
                failed.append(error)
        return failed


def _tried(give_back: Callable[[], None]) -> AscendError | None:
    error: AscendError | None = None
    for _ in range(_TRIES):
        try:
            give_back()
        except AscendError as err:
            error = err
        else:
            return None
    return error
