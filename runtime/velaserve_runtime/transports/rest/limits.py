# SPDX-License-Identifier: Apache-2.0
"""The bounds of the REST wire, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RestLimits:
    """Defaults as in velaserve_lint.names."""

    max_head_bytes: int = 65536
    max_body_bytes: int = 268435456
    max_connections: int = 4096
    head_timeout_s: float = 10.0
    body_timeout_s: float = 60.0
    keep_alive_timeout_s: float = 75.0
