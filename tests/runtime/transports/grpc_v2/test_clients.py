# SPDX-License-Identifier: Apache-2.0
"""The clients people have, unchanged, each in its own process: their messages share names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.clients import checks_of, run_checks, run_client

if TYPE_CHECKING:
    from support.grpc_server import Served


@pytest.fixture(scope="module")
def tritonclient_found(served: Served) -> dict[str, str]:
    return run_checks("triton_grpc", served.server.grpc_port)


@pytest.mark.parametrize("check", checks_of("triton_grpc"))
def test_tritonclient(tritonclient_found: dict[str, str], check: str) -> None:
    assert not tritonclient_found[check]


@pytest.mark.heavy
def test_kserve(served: Served) -> None:
    assert run_client("kserve_grpc", served.server.grpc_port) == "OK\n"
