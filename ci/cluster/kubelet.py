# SPDX-License-Identifier: Apache-2.0
"""The kubelet: one node, named velaserve."""

from ci.cluster import certificates
from ci.cluster.cluster import Cluster
from ci.cluster.containerd import SOCKET
from ci.cluster.probes import answers
from ci.cluster.settings import NAME
from ci.tools import programs


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    # Of an empty one containerd makes this machine's own: name servers that pods cannot reach.
    (settings.state / "resolv.conf").write_text("options timeout:1\n", encoding="utf-8")
    config = cluster.write_json("kubelet.json", _config(cluster))
    arguments = [
        *(f"--config={config}", f"--hostname-override={NAME}"),
        *(f"--node-ip={settings.node_ip}", f"--root-dir={cluster.folder('kubelet')}"),
        f"--kubeconfig={settings.state / 'kubelet-client.kubeconfig'}",
    ]
    daemon = cluster.daemons.start("kubelet", programs.path("kubelet"), arguments)

    def ready() -> bool:
        return answers(settings.local("kubelet-health"), "/healthz") and node_ready(cluster)

    cluster.daemons.wait(daemon, ready, 60)


def node_ready(cluster: Cluster) -> bool:
    condition = '{.items[*].status.conditions[?(@.type=="Ready")].status}'
    return cluster.kubectl("get", "nodes", f"--output=jsonpath={condition}") == "True"


def _config(cluster: Cluster) -> dict[str, object]:
    settings = cluster.settings
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": settings.node_ip,
        "port": settings.port("kubelet"),
        "healthzPort": settings.port("kubelet-health"),
        "authentication": {"x509": {"clientCAFile": str(certificates.authority(cluster))}},
        "tlsCertFile": str(certificates.certificate(cluster, "kubelet")),
        "tlsPrivateKeyFile": str(certificates.key(cluster, "kubelet")),
        "containerRuntimeEndpoint": f"unix://{SOCKET}",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{NAME}",
        "failSwapOn": False,
        "makeIPTablesUtilChains": False,
        # No name server: pods reach nothing outside the cluster.
        "resolvConf": str(settings.state / "resolv.conf"),
        "podLogsDir": str(cluster.folder("log/pods")),
        "volumePluginDir": str(cluster.folder("kubelet/volume-plugins")),
        **_of_a_full_disk(),
    }


def _of_a_full_disk() -> dict[str, object]:
    """Above 85 % the kubelet would delete imported images, which nobody can pull again."""
    signals = ("memory.available", "nodefs.available", "nodefs.inodesFree", "imagefs.available")
    return {
        "imageGCHighThresholdPercent": 100,
        "imageGCLowThresholdPercent": 99,
        "evictionHard": dict.fromkeys(signals, "0%"),
    }
