# SPDX-License-Identifier: Apache-2.0
"""tritonclient's HTTP clients, unchanged, each in its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.clients import checks_of, run_checks

if TYPE_CHECKING:
    from support.server import RunningServer


@pytest.fixture(scope="module")
def http_found(server: RunningServer) -> dict[str, str]:
    return run_checks("triton_http", server.http_port)


@pytest.fixture(scope="module")
def aio_found(server: RunningServer) -> dict[str, str]:
    return run_checks("triton_http_aio", server.http_port)


@pytest.mark.parametrize("check", checks_of("triton_http"))
def test_http(http_found: dict[str, str], check: str) -> None:
    assert not http_found[check]


@pytest.mark.parametrize("check", checks_of("triton_http_aio"))
def test_http_aio(aio_found: dict[str, str], check: str) -> None:
    assert not aio_found[check]
