# SPDX-License-Identifier: Apache-2.0
"""Which instance each batch that is under way is in: whom `cancel` means, and who has left."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_runtime.backends.instance import Runner


class Call:
    """One batch under way."""

    __slots__ = ("runner",)

    def __init__(self) -> None:
        self.runner: Runner | None = None
        """Where it is, or waits to be; set under Calls.changed."""


class Calls:
    """Those of one instance, of several threads."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        """Told when a call leaves an instance."""
        self._calls: list[Call] = []

    @contextmanager
    def one(self) -> Iterator[Call]:
        """One more, until the end of the block."""
        call = Call()
        with self.changed:
            self._calls.append(call)
        try:
            yield call
        finally:
            with self.changed:
                self._calls.remove(call)
                self.changed.notify_all()

    def move(self, call: Call, runner: Runner) -> None:
        with self.changed:
            call.runner = runner
            self.changed.notify_all()

    def cancel(self) -> None:
        """Of several calls nobody knows which is meant: others' answers must not be lost."""
        with self.changed:
            if len(self._calls) == 1 and (runner := self._calls[0].runner) is not None:
                runner.cancel()

    def wait_left(self, runner: Runner) -> None:
        """Returns when no call is in that instance."""
        with self.changed:
            self.changed.wait_for(lambda: all(call.runner is not runner for call in self._calls))
