# SPDX-License-Identifier: Apache-2.0
"""kube-apiserver, with the aggregation flags that an autoscaler's adapter needs from the start."""

from ci.cluster.certificates import ADMIN, authority, certificate, key
from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.tools import programs


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    arguments = [
        *("--bind-address=127.0.0.1", f"--secure-port={settings.port('apiserver')}"),
        *(f"--advertise-address={settings.node_ip}", "--endpoint-reconciler-type=none"),
        f"--service-cluster-ip-range={settings.service_subnet}",
        *("--authorization-mode=Node,RBAC", "--allow-privileged"),
        *_etcd(cluster),
        *_serving(cluster),
        *_service_accounts(cluster),
        *_aggregation(cluster),
        # The node's address: its host name means nothing outside of it.
        "--kubelet-preferred-address-types=InternalIP",
        f"--kubelet-certificate-authority={authority(cluster)}",
        f"--kubelet-client-certificate={certificate(cluster, ADMIN)}",
        f"--kubelet-client-key={key(cluster, ADMIN)}",
    ]
    daemon = cluster.daemons.start("kube-apiserver", programs.path("kube-apiserver"), arguments)

    def ready() -> bool:
        return answers(settings.local("apiserver"), "/readyz", tls=True)

    cluster.daemons.wait(daemon, ready, 60)


def _etcd(cluster: Cluster) -> list[str]:
    return [
        f"--etcd-servers=https://{cluster.settings.local('etcd')}",
        f"--etcd-cafile={authority(cluster)}",
        f"--etcd-certfile={certificate(cluster, 'etcd')}",
        f"--etcd-keyfile={key(cluster, 'etcd')}",
    ]


def _serving(cluster: Cluster) -> list[str]:
    return [
        f"--tls-cert-file={certificate(cluster, 'apiserver')}",
        f"--tls-private-key-file={key(cluster, 'apiserver')}",
        f"--client-ca-file={authority(cluster)}",
    ]


def _service_accounts(cluster: Cluster) -> list[str]:
    accounts = key(cluster, "accounts")
    return [
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={accounts}",
        f"--service-account-signing-key-file={accounts}",
    ]


def _aggregation(cluster: Cluster) -> list[str]:
    return [
        f"--requestheader-client-ca-file={authority(cluster)}",
        "--requestheader-allowed-names=aggregator",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-username-headers=X-Remote-User",
        f"--proxy-client-cert-file={certificate(cluster, 'aggregator')}",
        f"--proxy-client-key-file={key(cluster, 'aggregator')}",
    ]
