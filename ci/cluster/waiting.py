# SPDX-License-Identifier: Apache-2.0
"""Waiting for what takes a moment."""

import time
from collections.abc import Callable

from ci.cluster.errors import NotReady

POLL_S = 0.1


def wait_until(done: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Ask `done` until it says yes.

    Raises:
        NotReady: it did not within `timeout_s`.
    """
    end = time.monotonic() + timeout_s
    while not done():
        if time.monotonic() > end:
            raise NotReady(f"{what}: not within {timeout_s:g} s")
        time.sleep(POLL_S)
