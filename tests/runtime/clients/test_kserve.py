# SPDX-License-Identifier: Apache-2.0
"""kserve's REST client, unchanged, in its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.clients import run_client

if TYPE_CHECKING:
    from support.server import RunningServer


@pytest.mark.heavy
def test_rest(server: RunningServer) -> None:
    assert run_client("kserve_rest", server.http_port) == "OK\n"
