# SPDX-License-Identifier: Apache-2.0
"""One server for the tests of this folder, with a channel to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.grpc_client import GrpcClient
from support.grpc_server import Gated, Served
from support.models import GatedModel
from support.repositories import standard_server
from support.server import running_server, serve_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    repository = tmp_path_factory.mktemp("grpc")
    with standard_server(repository) as server:
        yield Served(server, repository)


@pytest.fixture
def client(served: Served) -> Iterator[GrpcClient]:
    client = GrpcClient(served.server.grpc_port)
    yield client
    client.close()


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[Gated]:
    folder = tmp_path / "gated" / "1"
    folder.mkdir(parents=True)
    model = GatedModel(folder)
    model.release(1000)
    with running_server(*serve_folder(tmp_path, "--allow-python-models")) as server:
        model.forget()
        client = GrpcClient(server.grpc_port)
        yield Gated(server, model, client)
        client.close()
    model.close()
