# SPDX-License-Identifier: Apache-2.0
"""Where the cluster lives can be set, and what cannot be used is refused by name."""

from pathlib import Path

import pytest

from ci.cluster.settings import PORTS, SettingsError, read_settings


def test_defaults_lie_below_the_cache(tmp_path: Path) -> None:
    settings = read_settings({"XDG_CACHE_HOME": str(tmp_path)})
    assert settings.state == tmp_path / "velaserve" / "cluster"
    assert settings.node_ip == "10.244.0.1"
    assert settings.apiserver_ip == "10.96.0.1"


def test_ports_follow_the_first_one() -> None:
    settings = read_settings({"VELASERVE_CLUSTER_FIRST_PORT": "20000"})
    assert settings.local("gateway") == "127.0.0.1:20000"
    assert settings.apiserver == "https://127.0.0.1:20001"
    assert settings.prometheus == f"http://127.0.0.1:{settings.port('prometheus')}"
    assert len({settings.port(name) for name in PORTS}) == len(PORTS)


def test_subnets_can_be_set() -> None:
    settings = read_settings({"VELASERVE_CLUSTER_POD_SUBNET": "10.9.8.0/24"})
    assert settings.node_ip == "10.9.8.1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VELASERVE_CLUSTER_FIRST_PORT", "80"),
        ("VELASERVE_CLUSTER_FIRST_PORT", "65530"),
        ("VELASERVE_CLUSTER_FIRST_PORT", "many"),
        ("VELASERVE_CLUSTER_POD_SUBNET", "10.0.0.1/24"),
        ("VELASERVE_CLUSTER_SERVICE_SUBNET", "10.0.0.0/30"),
        ("VELASERVE_CLUSTER_SERVICE_SUBNET", "fd00::/64"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({name: value})
    assert name in str(refused.value)
    assert value in str(refused.value)
