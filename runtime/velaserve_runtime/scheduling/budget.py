# SPDX-License-Identifier: Apache-2.0
"""The bytes all requests together may hold."""

from __future__ import annotations

from velaserve_runtime.protocol.errors import QueueFull


class ByteBudget:
    """Bytes of bodies and messages in flight, over all wires; used by the loop's thread only."""

    __slots__ = ("_limit_bytes", "used_bytes")

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self.used_bytes = 0

    def take(self, size_bytes: int) -> None:
        """Reserves `size_bytes` until `give_back`.

        Raises:
            QueueFull: too many bytes are in flight already.
        """
        if self.used_bytes + size_bytes > self._limit_bytes:
            raise QueueFull(
                f"{self.used_bytes} bytes are in flight, no room for {size_bytes} more "
                f"(limit {self._limit_bytes}, --max-inflight-bytes); try again later"
            )
        self.used_bytes += size_bytes

    def give_back(self, size_bytes: int) -> None:
        self.used_bytes -= size_bytes
