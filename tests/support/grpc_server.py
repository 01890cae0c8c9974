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
