# SPDX-License-Identifier: Apache-2.0
"""The next free port."""

from __future__ import annotations

import errno
import socket

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_ENVIRONMENT, LocalError

LAST_PORT = 65535
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})


class Ports:
    """Hands each port out once; 0 asks the kernel, which the server does itself."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._given: set[int] = set()

    def next_free(self, wanted: int) -> int:
        """`wanted`, else the first free port above it; another program may still be faster.

        Raises:
            LocalError: none is free, or `host` is no address of this machine.
        """
        if wanted == 0:
            return 0
        for port in range(wanted, LAST_PORT + 1):
            if port not in self._given and is_free(self._host, port):
                self._given.add(port)
                return port
        raise LocalError(BAD_ENVIRONMENT, messages.NO_PORT, port=wanted, host=self._host)

    def was_given(self, port: int) -> bool:
        return port in self._given


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now.

    Raises:
        LocalError: `host` is no address of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as err:
        if err.errno in _TAKEN:
            return False
        raise LocalError(BAD_ENVIRONMENT, messages.BAD_HOST, host=host, reason=str(err)) from err
    return True
