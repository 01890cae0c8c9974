# SPDX-License-Identifier: Apache-2.0
"""kube-controller-manager."""

from ci.cluster.certificates import authority, key
from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.tools import programs


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    port = settings.port("controller-manager")
    kubeconfig = settings.state / "controller-manager.kubeconfig"
    arguments = [
        *("--bind-address=127.0.0.1", f"--secure-port={port}", "--leader-elect=false"),
        *(f"--kubeconfig={kubeconfig}", f"--authentication-kubeconfig={kubeconfig}"),
        f"--authorization-kubeconfig={kubeconfig}",
        f"--root-ca-file={authority(cluster)}",
        f"--service-account-private-key-file={key(cluster, 'accounts')}",
        "--use-service-account-credentials",
        # By default 15s: that would be most of what a test of an autoscaler waits for.
        "--horizontal-pod-autoscaler-sync-period=5s",
    ]
    daemon = cluster.daemons.start(
        "kube-controller-manager", programs.path("kube-controller-manager"), arguments
    )

    def ready() -> bool:
        return answers(f"127.0.0.1:{port}", "/healthz", tls=True)

    cluster.daemons.wait(daemon, ready, 30)
