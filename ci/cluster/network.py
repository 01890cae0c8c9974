# SPDX-License-Identifier: Apache-2.0
"""The bridge that pods hang on, and the kernel's settings that Kubernetes changes."""

from ci.cluster.cluster import Cluster
from ci.cluster.commands import run
from ci.cluster.journal import sysctl
from ci.cluster.settings import BRIDGE

_SET_BY_KUBELET = (
    *("kernel.keys.root_maxbytes", "kernel.keys.root_maxkeys", "kernel.panic"),
    *("kernel.panic_on_oops", "vm.overcommit_memory", "vm.panic_on_oom"),
)


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    for name in _SET_BY_KUBELET:
        if sysctl(name).exists():
            cluster.keep_sysctl(name)
    cluster.set_sysctl("net.ipv4.ip_forward", "1")
    cluster.journal.note("link", BRIDGE)
    run("ip", "link", "add", BRIDGE, "type", "bridge")
    address = f"{settings.node_ip}/{settings.pod_subnet.prefixlen}"
    run("ip", "address", "add", address, "dev", BRIDGE)
    run("ip", "link", "set", BRIDGE, "up")
    _write_cni(cluster)


def _write_cni(cluster: Cluster) -> None:
    settings = cluster.settings
    bridge = {
        "type": "bridge",
        "bridge": BRIDGE,
        "isGateway": True,
        "hairpinMode": True,
        "ipam": {
            "type": "host-local",
            "ranges": [[{"subnet": str(settings.pod_subnet), "gateway": settings.node_ip}]],
            "routes": [{"dst": "0.0.0.0/0"}],
            "dataDir": str(settings.state / "cni" / "addresses"),
        },
    }
    network = {"cniVersion": "1.0.0", "name": BRIDGE, "plugins": [bridge]}
    cluster.write_json("cni/net.d/10-velaserve.conflist", network)
