# SPDX-License-Identifier: Apache-2.0
"""metrics-server: what pods use of CPU and memory, for HPAs and `kubectl top`."""

from pathlib import Path

from ci.cluster import aggregation, certificates, manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import METRICS_SERVER
from ci.cluster.probes import answers
from ci.tools import programs

NAME = "metrics-server"


def up(cluster: Cluster) -> None:
    """Start it; it is ready once it has asked the kubelet twice, ten seconds apart."""
    settings = cluster.settings
    arguments = [
        *("--bind-address=127.0.0.1", f"--secure-port={settings.port(NAME)}"),
        f"--tls-cert-file={certificates.certificate(cluster, NAME)}",
        f"--tls-private-key-file={certificates.key(cluster, NAME)}",
        *aggregation.kubeconfigs(settings, "kubeconfig"),
        *("--kubelet-preferred-address-types=InternalIP", "--kubelet-use-node-status-port"),
        # The least that it takes, and a time-out that must be less.
        *("--metric-resolution=10s", "--kubelet-request-timeout=5s"),
    ]
    cluster.daemons.start("metrics-server", programs.path("metrics-server"), arguments)


def serve(cluster: Cluster) -> None:
    [daemon] = (each for each in cluster.daemons.all() if each.name == NAME)
    address = cluster.settings.local(NAME)
    cluster.daemons.wait(daemon, lambda: answers(address, "/readyz", tls=True), 60)
    aggregation.serve(cluster, api(), cluster.settings.port(NAME))


def api() -> Path:
    return manifests.folder(METRICS_SERVER, "manifests/base/apiservice.yaml")
