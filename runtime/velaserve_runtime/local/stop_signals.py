# SPDX-License-Identifier: Apache-2.0
"""SIGTERM and Ctrl-C, as commands that stay up treat them."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from velaserve_runtime.local.console import Console

TERMINATED = 0
INTERRUPTED = 130


class StopSignals:
    """Cancels the current task at the first signal; a second Ctrl-C calls `at_once`."""

    def __init__(self, at_once: Callable[[], None], console: Console) -> None:
        self._at_once = at_once
        self._console = console
        self.exit_code: int | None = None

    def __enter__(self) -> StopSignals:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._loop.add_signal_handler(signal.SIGTERM, self._stop, TERMINATED)
        self._loop.add_signal_handler(signal.SIGINT, self._stop, INTERRUPTED)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.remove_signal_handler(signal.SIGTERM)
        self._loop.remove_signal_handler(signal.SIGINT)

    def _stop(self, exit_code: int) -> None:
        if self.exit_code is None:
            self.exit_code = exit_code
            self._console.note(messages.STOPPING)
            if self._task is not None:
                self._task.cancel()
        elif exit_code == INTERRUPTED:
            self._at_once()
