# SPDX-License-Identifier: Apache-2.0
"""Where the cluster lives: folder, ports, subnets; each can be set in the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path

NAME = "velaserve"
"""Of the node and of the cgroup that holds every process."""
BRIDGE = "velaserve0"
PORTS = (
    *("gateway", "apiserver", "etcd", "etcd-peer", "etcd-health"),
    *("controller-manager", "scheduler"),
    *("kubelet", "kubelet-health", "kube-proxy-health", "kube-proxy-metrics"),
    *("kserve-webhook", "kserve-metrics", "kserve-health"),
    *("vela-metrics", "vela-health", "vela-webhook"),
    *("gateway-metrics", "prometheus", "metrics-server"),
    *("keda-health", "keda-metrics", "keda-service", "keda-adapter", "keda-adapter-metrics"),
)
"""What listens, in the order of the ports that follow VELASERVE_CLUSTER_FIRST_PORT."""


class SettingsError(ValueError):
    """Raised when a variable's value is not what it must be."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The cluster's place on this machine."""

    state: Path
    first_port: int
    pod_subnet: IPv4Network
    service_subnet: IPv4Network

    def port(self, name: str) -> int:
        return self.first_port + PORTS.index(name)

    def local(self, name: str) -> str:
        """127.0.0.1 with the port of `name`."""
        return f"127.0.0.1:{self.port(name)}"

    @property
    def node_ip(self) -> str:
        """The bridge's address: the node's, and the pods' gateway."""
        return str(self.pod_subnet[1])

    @property
    def apiserver_ip(self) -> str:
        """The ClusterIP of the Service `kubernetes`."""
        return str(self.service_subnet[1])

    @property
    def apiserver(self) -> str:
        return f"https://{self.local('apiserver')}"

    @property
    def prometheus(self) -> str:
        """As everything outside of pods reaches it."""
        return f"http://{self.local('prometheus')}"

    @property
    def kubeconfig(self) -> Path:
        return self.state / "kubeconfig"

    @property
    def containerd_socket(self) -> Path:
        """As seen from outside the cluster's mount namespace."""
        return self.state / "run" / "containerd" / "containerd.sock"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """VELASERVE_CLUSTER_* over defaults.

    Raises:
        SettingsError: a value cannot be used.
    """
    cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    state = Path(environment.get("VELASERVE_CLUSTER_STATE") or cache / NAME / "cluster")
    return Settings(
        state=state.absolute(),
        first_port=_port(environment.get("VELASERVE_CLUSTER_FIRST_PORT", "16400")),
        pod_subnet=_subnet(environment, "VELASERVE_CLUSTER_POD_SUBNET", "10.244.0.0/24"),
        service_subnet=_subnet(environment, "VELASERVE_CLUSTER_SERVICE_SUBNET", "10.96.0.0/16"),
    )


def _port(text: str) -> int:
    last = 65535 - len(PORTS)
    if not (text.isdecimal() and 1024 <= int(text) <= last):
        raise SettingsError(
            f"VELASERVE_CLUSTER_FIRST_PORT is {text!r}: a number from 1024 to {last} is needed; "
            f"the {len(PORTS)} ports from it on are used"
        )
    return int(text)


def _subnet(environment: Mapping[str, str], name: str, default: str) -> IPv4Network:
    text = environment.get(name, default)
    try:
        subnet = IPv4Network(text)
    except ValueError as err:
        raise SettingsError(f"{name} is {text!r}: {err}; expected for example {default}") from err
    if not 12 <= subnet.prefixlen <= 24:
        raise SettingsError(f"{name} is {text!r}: a prefix from /12 to /24 is needed")
    return subnet
