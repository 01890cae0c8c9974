# SPDX-License-Identifier: Apache-2.0
"""Blocking work off the loop, in threads that do not keep the process alive.

asyncio.to_thread joins its threads at the end: a model that hangs while it loads would then
keep the server from stopping.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


async def in_daemon_thread(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `work(*args, **kwargs)`, or what it raised."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # None only where T is None

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work(*args, **kwargs)
        except BaseException as err:  # noqa: BLE001  handed to who waits
            error = err
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="velaserve-blocking", daemon=True).start()
    return await future


def leave_threads_behind(code: int) -> None:
    """Ends the process here if a daemon thread still works; else returns.

    Python's own end would end such a thread inside the C++ that it is in, as the import or the
    session of an engine: that aborts the process, and the exit code is the signal's.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)
