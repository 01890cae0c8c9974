# SPDX-License-Identifier: Apache-2.0
"""etcd: one member, TLS on both ports, no waiting for the disk (what is lost is made again)."""

from ci.cluster.certificates import authority, certificate, key
from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.tools import programs


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    client, peer = (f"https://{settings.local(name)}" for name in ("etcd", "etcd-peer"))
    files = (authority(cluster), certificate(cluster, "etcd"), key(cluster, "etcd"))
    ca, crt, private = files
    arguments = [
        *("--unsafe-no-fsync", "--log-level=warn"),
        f"--data-dir={cluster.folder('etcd')}",
        *("--client-cert-auth", f"--trusted-ca-file={ca}"),
        *(f"--cert-file={crt}", f"--key-file={private}"),
        *("--peer-client-cert-auth", f"--peer-trusted-ca-file={ca}"),
        *(f"--peer-cert-file={crt}", f"--peer-key-file={private}"),
        *(f"--listen-client-urls={client}", f"--advertise-client-urls={client}"),
        *(f"--listen-peer-urls={peer}", f"--initial-advertise-peer-urls={peer}"),
        f"--initial-cluster=default={peer}",
        # Plain HTTP on loopback, for the question whether it is well.
        f"--listen-metrics-urls=http://{settings.local('etcd-health')}",
    ]
    daemon = cluster.daemons.start("etcd", programs.path("etcd"), arguments)
    cluster.daemons.wait(daemon, lambda: answers(settings.local("etcd-health"), "/health"), 30)
