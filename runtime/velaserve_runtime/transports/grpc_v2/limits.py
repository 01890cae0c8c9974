# SPDX-License-Identifier: Apache-2.0
"""The limits of the gRPC wire, all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GrpcLimits:
    """What a client may send, whichever engine serves it."""

    max_message_bytes: int
    """After decompression, too."""
    max_metadata_bytes: int
    max_concurrent_streams: int = 1024
    """Calls at one time on one connection; the data plane bounds them over all connections."""
    keepalive_time_s: float = 60
    """Silence on a connection after which the server asks whether the client is still there."""
    keepalive_timeout_s: float = 20
    min_ping_interval_s: float = 5
    """A client that pings more often while nothing is sent is told too_many_pings."""
