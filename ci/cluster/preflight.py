# SPDX-License-Identifier: Apache-2.0
"""Whether the cluster can run here: asked before anything is changed, all answers at once."""

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from ipaddress import IPv4Network
from pathlib import Path

from ci.cluster import cgroups, debian_packages
from ci.cluster.commands import run, succeeds
from ci.cluster.errors import CannotRun
from ci.cluster.kube_proxy import TABLES
from ci.cluster.settings import BRIDGE, NAME, PORTS, Settings
from ci.cluster.space import PRIVATE
from ci.tools import programs
from ci.tools.errors import ToolsError

BUILT = (
    *("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet"),
    *("kube-proxy", "kubectl", "pause", "traefik", "vela", "vela-core"),
    *("kserve-agent", "kserve-manager", "kserve-router"),
    *("keda-adapter", "keda-operator", "metrics-server", "prometheus"),
)
"""What `make tools` must have built."""


def check(settings: Settings) -> None:
    """Raises: CannotRun."""
    problems = [problem for question in _QUESTIONS for problem in question(settings)]
    if problems:
        raise CannotRun(problems)


def _machine(_: Settings) -> Iterator[str]:
    if sys.platform != "linux":
        yield f"this is {sys.platform}: Linux is needed; KUBECONFIG can name a cluster of yours"
    elif os.geteuid() != 0:
        yield "this user is not root: namespaces, cgroups and a bridge need it"
    elif "overlay" not in Path("/proc/filesystems").read_text(encoding="utf-8").split():
        yield "the kernel has no overlayfs: modprobe overlay, or use another kernel"


def _packages(_: Settings) -> Iterator[str]:
    packages = debian_packages.missing()
    if packages and not debian_packages.can_install():
        yield f"programs are missing; on Debian: {debian_packages.install_line(packages)}"


def _tools(_: Settings) -> Iterator[str]:
    for name in BUILT:
        try:
            programs.path(name)
        except ToolsError as err:
            yield str(err)


def _left_over(settings: Settings) -> Iterator[str]:
    if settings.state.exists():
        yield f"{settings.state} exists: a cluster runs or has left it; make cluster-down"
    elif cgroups.exists(NAME) or Path("/sys/class/net", BRIDGE).exists():
        yield f"a cluster with another folder runs: cgroup {NAME} or bridge {BRIDGE} exists"
    elif tables := [table for table in TABLES if succeeds("nft", "list", "table", *table.split())]:
        yield f"another kube-proxy uses nftables here (table {tables[0]}): one cluster a machine"


def _hidden(settings: Settings) -> Iterator[str]:
    for folder in PRIVATE:
        if settings.state.is_relative_to(folder):
            yield f"VELASERVE_CLUSTER_STATE is below {folder}, which the cluster replaces"


def _ports(settings: Settings) -> Iterator[str]:
    for name in PORTS:
        port = settings.port(name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                yield f"port {port} ({name}) is taken: set VELASERVE_CLUSTER_FIRST_PORT"


def _subnets(settings: Settings) -> Iterator[str]:
    named = {
        "VELASERVE_CLUSTER_POD_SUBNET": settings.pod_subnet,
        "VELASERVE_CLUSTER_SERVICE_SUBNET": settings.service_subnet,
    }
    for name, subnet in named.items():
        for route in _routes():
            if subnet.overlaps(route):
                yield f"{subnet} overlaps the route {route} of this machine: set {name}"
    if settings.pod_subnet.overlaps(settings.service_subnet):
        yield f"pods {settings.pod_subnet} and services {settings.service_subnet} overlap"


def _routes() -> list[IPv4Network]:
    if not succeeds("ip", "-version"):
        return []  # a missing package, which is said elsewhere
    routes = json.loads(run("ip", "-json", "-4", "route"))
    return [IPv4Network(route["dst"]) for route in routes if route["dst"] != "default"]


_QUESTIONS: tuple[Callable[[Settings], Iterator[str]], ...] = (
    *(_machine, _packages, _tools, _left_over, _hidden, _ports, _subnets),
)
