# SPDX-License-Identifier: Apache-2.0
"""Where the cluster cannot run it says everything that is in the way, and changes nothing."""

import socket
from pathlib import Path

import pytest

from ci.cluster.__main__ import CANNOT_RUN, main
from ci.cluster.errors import CannotRun
from ci.cluster.preflight import check
from ci.cluster.settings import PORTS, Settings, read_settings


def settings(tmp_path: Path, **environment: str) -> Settings:
    return read_settings({"VELASERVE_CLUSTER_STATE": str(tmp_path / "state"), **environment})


def problems(wanted: Settings) -> str:
    """What is in the way; there is always something in the way of these tests."""
    with pytest.raises(CannotRun) as refused:
        check(wanted)
    assert not (wanted.state / "journal").exists()
    return str(refused.value)


def test_taken_ports_are_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        first = min(port, 65535 - len(PORTS))
        text = problems(settings(tmp_path, VELASERVE_CLUSTER_FIRST_PORT=str(first)))
    assert f"port {port} ({PORTS[port - first]}) is taken" in text
    assert "VELASERVE_CLUSTER_FIRST_PORT" in text


def test_what_another_cluster_left_is_named_with_the_way_out(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    wanted.state.mkdir()
    text = problems(wanted)
    assert str(wanted.state) in text
    assert "make cluster-down" in text


def test_subnets_must_be_free_and_apart(tmp_path: Path) -> None:
    pods = {"VELASERVE_CLUSTER_POD_SUBNET": "127.0.0.0/24"}
    same = {"VELASERVE_CLUSTER_SERVICE_SUBNET": "127.0.0.0/16"}
    assert "pods 127.0.0.0/24 and services 127.0.0.0/16 overlap" in problems(
        settings(tmp_path, **pods, **same)
    )


def test_state_below_a_folder_that_is_replaced_is_refused() -> None:
    wanted = read_settings({"VELASERVE_CLUSTER_STATE": "/run/netns/state"})
    assert "/run/netns, which the cluster replaces" in problems(wanted)


def test_command_refuses_with_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").mkdir()
    monkeypatch.setenv("VELASERVE_CLUSTER_STATE", str(tmp_path / "state"))
    assert main(["up"]) == CANNOT_RUN
    assert "nothing was changed" in capsys.readouterr().err


def test_status_without_a_cluster_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VELASERVE_CLUSTER_STATE", str(tmp_path / "state"))
    assert main(["status"]) != 0
    assert "make cluster" in capsys.readouterr().out


def test_down_without_a_cluster_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VELASERVE_CLUSTER_STATE", str(tmp_path / "state"))
    assert main(["down"]) == 0
