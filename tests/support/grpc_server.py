# SPDX-License-Identifier: Apache-2.0
"""What the fixtures of the gRPC tests hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from support.grpc_client import GrpcClient
    from support.models import GatedModel
    from support.server import RunningServer


class Served(NamedTuple):
    """A server of the models double, echo, failing and simple."""

    server: RunningServer
    repository: Path


class Gated(NamedTuple):
    """A server whose only model, `gated`, runs when the test says so."""

    server: RunningServer
    model: GatedModel
    client: GrpcClient

    def wait_for(self, metric: str, value: int, **labels: str) -> None:
        """Returns when the metric of the model has that value."""
        shown = "".join(f',{name}="{text}"' for name, text in labels.items())
        line = f'{metric}{{model="gated",version="1"{shown}}} {value}'
        for _ in range(2000):
            text = self.server.request("GET", "/metrics").body.decode()
            if line in text.splitlines():
                return
        raise AssertionError(f"never '{line}' in:\n{text}")
