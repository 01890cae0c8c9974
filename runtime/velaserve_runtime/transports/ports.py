# SPDX-License-Identifier: Apache-2.0
"""What both wires say when their port is taken."""

from __future__ import annotations

from velaserve_runtime.protocol.errors import VelaserveError


class PortTaken(VelaserveError):
    """Raised when somebody else listens on the port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is taken; stop what listens there or choose another port"
        )
        self.port = port
