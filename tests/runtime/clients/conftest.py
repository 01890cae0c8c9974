# SPDX-License-Identifier: Apache-2.0
"""One server for all clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.repositories import standard_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.server import RunningServer


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with standard_server(tmp_path_factory.mktemp("clients")) as server:
        yield server
