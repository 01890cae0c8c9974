# SPDX-License-Identifier: Apache-2.0
"""kube-proxy with nftables: ClusterIPs work from this machine and from pods."""

from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.cluster.settings import NAME
from ci.tools import programs

TABLES = ("ip kube-proxy", "ip6 kube-proxy")


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    for table in TABLES:
        cluster.journal.note("table", table)
    config = cluster.write_json("kube-proxy.json", _config(cluster))
    arguments = [f"--config={config}"]
    daemon = cluster.daemons.start("kube-proxy", programs.path("kube-proxy"), arguments)

    def ready() -> bool:
        return answers(settings.local("kube-proxy-health"), "/livez")

    cluster.daemons.wait(daemon, ready, 30)


def _config(cluster: Cluster) -> dict[str, object]:
    settings = cluster.settings
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "nftables",
        "clientConnection": {"kubeconfig": str(settings.state / "kube-proxy.kubeconfig")},
        "clusterCIDR": str(settings.pod_subnet),
        "hostnameOverride": NAME,
        "healthzBindAddress": settings.local("kube-proxy-health"),
        "metricsBindAddress": settings.local("kube-proxy-metrics"),
        # 0 leaves the machine's connection tracking as it is.
        "conntrack": {
            **dict.fromkeys(("maxPerCore", "min"), 0),
            **dict.fromkeys(("tcpEstablishedTimeout", "tcpCloseWaitTimeout"), "0s"),
        },
    }
