# SPDX-License-Identifier: Apache-2.0
"""The next free port."""

import socket
from collections.abc import Iterator

import pytest

from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.ports import LAST_PORT, Ports, is_free

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(taken: int) -> None:
    assert not is_free(HOST, taken)
    assert taken < Ports(HOST).next_free(taken) <= LAST_PORT


def test_each_port_is_given_once(taken: int) -> None:
    ports = Ports(HOST)
    first = ports.next_free(taken)
    assert ports.was_given(first)
    assert not ports.was_given(taken)
    assert ports.next_free(taken) > first


def test_zero_is_left_to_the_server() -> None:
    ports = Ports(HOST)
    assert (ports.next_free(0), ports.next_free(0)) == (0, 0)


def test_no_port_is_left() -> None:
    with (
        socket.create_server((HOST, LAST_PORT)),
        pytest.raises(LocalError, match="choose another with --http-port") as caught,
    ):
        Ports(HOST).next_free(LAST_PORT)
    assert caught.value.exit_code == 2


def test_no_address_of_this_machine() -> None:
    with pytest.raises(LocalError, match=r"--host 192\.0\.2\.1: no address") as caught:
        is_free("192.0.2.1", 8080)
    assert caught.value.exit_code == 2
