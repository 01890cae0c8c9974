# SPDX-License-Identifier: Apache-2.0
"""SIGTERM in the first moments of a server: nothing is served yet, so the process ends at once.

The first process of a container gets no signal that it has no handler for: the kernel drops it,
and the pod would run on until the kubelet kills it, a whole grace period later. So this is the
first thing of `velaserve serve`, and it imports nothing that is slow.
"""

from __future__ import annotations

import os
import signal


def end_on_sigterm() -> None:
    """Holds until the server's own handler takes its place, in one step: there is always one."""
    signal.signal(signal.SIGTERM, _end)
    # The image starts us with SIGTERM blocked: one that came while Python started is here now.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end(_number: int, _frame: object) -> None:
    # An exception could be lost in whatever import it meets; no request and no child is there yet.
    os._exit(0)
