# SPDX-License-Identifier: Apache-2.0
"""KEDA: its operator, and the adapter through which HPAs ask the operator for metrics."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from ci.cluster import aggregation, certificates, manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import KEDA
from ci.cluster.probes import answers
from ci.cluster.settings import Settings
from ci.tools import programs

NAMESPACE = "keda"


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    folder, environment = _certificates(cluster), _environment(settings)
    operator = cluster.daemons.start(
        "keda-operator", programs.path("keda-operator"), _operator(settings, folder), environment
    )
    adapter = cluster.daemons.start(
        "keda-adapter", programs.path("keda-adapter"), _adapter(settings, folder), environment
    )
    cluster.daemons.wait(operator, lambda: answers(settings.local("keda-health"), "/readyz"), 60)
    address = settings.local("keda-adapter")
    cluster.daemons.wait(adapter, lambda: answers(address, "/readyz", tls=True), 60)
    aggregation.serve(cluster, api(), settings.port("keda-adapter"))


def api() -> Path:
    return manifests.folder(KEDA, "config/metrics-server/api_service.yaml")


def _certificates(cluster: Cluster) -> Path:
    """One certificate for both: for what they serve, and for what they ask each other."""
    folder = certificates.copy_pair(cluster, "keda", "keda")
    shutil.copy(certificates.authority(cluster), folder / "ca.crt")
    return folder


def _environment(settings: Settings) -> Mapping[str, str]:
    return {
        "KUBECONFIG": str(settings.kubeconfig),
        "POD_NAMESPACE": NAMESPACE,
        "KEDA_CLUSTER_OBJECT_NAMESPACE": NAMESPACE,
        "WATCH_NAMESPACE": "",  # every one, which it does not take for granted
    }


def _operator(settings: Settings, folder: Path) -> list[str]:
    return [
        f"--cert-dir={folder}",
        f"--health-probe-bind-address={settings.local('keda-health')}",
        f"--metrics-bind-address={settings.local('keda-metrics')}",
        f"--metrics-service-bind-address={settings.local('keda-service')}",
        # The certificates are made here, and its webhooks are not run.
        *("--enable-cert-rotation=false", "--enable-webhook-patching=false"),
    ]


def _adapter(settings: Settings, folder: Path) -> list[str]:
    return [
        *("--bind-address=127.0.0.1", f"--secure-port={settings.port('keda-adapter')}"),
        *(f"--tls-cert-file={folder}/tls.crt", f"--tls-private-key-file={folder}/tls.key"),
        *aggregation.kubeconfigs(settings, "lister-kubeconfig"),
        *(f"--cert-dir={folder}", f"--metrics-service-address={settings.local('keda-service')}"),
        # Its own metrics, for which it knows no address: they are served on every one.
        f"--port={settings.port('keda-adapter-metrics')}",
    ]
