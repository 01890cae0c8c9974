# SPDX-License-Identifier: Apache-2.0
"""Where front ends come into the model process."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from velaserve_runtime.backends.process.door import is_ours
from velaserve_runtime.backends.process.front_end import FrontEnd

if TYPE_CHECKING:
    from socket import socket

    from velaserve_runtime.backends.process.fate import Fate
    from velaserve_runtime.backends.process.messages import Loaded
    from velaserve_runtime.backends.process.runs import Runs

LOG = logging.getLogger(__name__)
_RETRY_S = 1.0


class Reception:
    """Each front end that comes in is served in threads of its own, which alone hold its memory."""

    def __init__(self, listener: socket, runs: Runs, loaded: Loaded, fate: Fate) -> None:
        self._listener = listener
        self._runs = runs
        self._loaded = loaded
        self._fate = fate

    def open(self) -> None:
        """In a thread."""
        while True:
            try:
                self._let_in(self._listener.accept()[0])
            except OSError:  # too many files are open; those who are in are served
                LOG.exception("no front end can come into the model's process now")
                time.sleep(_RETRY_S)

    def _let_in(self, visitor: socket) -> None:
        if not is_ours(visitor):
            visitor.close()
            return
        front_end = FrontEnd(Connection(visitor.detach()), self._runs, self._loaded, self._fate)
        threading.Thread(target=front_end.serve, daemon=True).start()
