# SPDX-License-Identifier: Apache-2.0
"""kube-scheduler."""

from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.tools import programs


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    port = settings.port("scheduler")
    kubeconfig = settings.state / "scheduler.kubeconfig"
    arguments = [
        *("--bind-address=127.0.0.1", f"--secure-port={port}", "--leader-elect=false"),
        *(f"--kubeconfig={kubeconfig}", f"--authentication-kubeconfig={kubeconfig}"),
        f"--authorization-kubeconfig={kubeconfig}",
    ]
    daemon = cluster.daemons.start("kube-scheduler", programs.path("kube-scheduler"), arguments)

    def ready() -> bool:
        return answers(f"127.0.0.1:{port}", "/healthz", tls=True)

    cluster.daemons.wait(daemon, ready, 30)
