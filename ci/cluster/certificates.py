# SPDX-License-Identifier: Apache-2.0
"""A certificate authority of the cluster's own, certificates and kubeconfig files."""

import base64
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ci.cluster.cluster import Cluster
from ci.cluster.commands import run
from ci.cluster.settings import NAME

FOLDER = "certificates"
_DAYS = "365"
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Identity:
    """Whom a certificate names, and the addresses that it serves."""

    user: str
    group: str = ""
    names: Sequence[str] = ()

    @property
    def subject(self) -> str:
        return f"/CN={self.user}" + (f"/O={self.group}" if self.group else "")


ADMIN = "admin"
USERS: Mapping[str, Identity] = {
    ADMIN: Identity("admin", "system:masters"),
    "controller-manager": Identity("system:kube-controller-manager"),
    "scheduler": Identity("system:kube-scheduler"),
    "kubelet-client": Identity(f"system:node:{NAME}", "system:nodes"),
    "kube-proxy": Identity("system:kube-proxy"),
}
"""Who has a kubeconfig file."""
ADAPTERS: Mapping[str, str] = {
    "keda": "keda-metrics-apiserver.keda.svc",
    "metrics-server": "metrics-server.kube-system.svc",
}
"""Who serves an API that kube-apiserver passes on, and under which name it is asked."""


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    folder = cluster.folder(FOLDER)
    folder.chmod(0o700)
    _make_authority(folder)
    loopback = ("DNS:localhost", "IP:127.0.0.1")
    service = [f"DNS:kubernetes{end}" for end in ("", ".default", ".default.svc")]
    apiserver = (*loopback, f"IP:{settings.apiserver_ip}", *service)
    _issue(folder, "apiserver", Identity("kube-apiserver", names=apiserver))
    _issue(folder, "etcd", Identity("etcd", names=loopback))
    _issue(folder, "kubelet", Identity(NAME, names=(f"IP:{settings.node_ip}",)))
    for name in ("kserve-webhook", "vela-webhook"):
        _issue(folder, name, Identity(name, names=loopback))
    for name, host in ADAPTERS.items():
        _issue(folder, name, Identity(name, names=(*loopback, f"DNS:{host}")))
    _issue(folder, "aggregator", Identity("aggregator"))
    run("openssl", "ecparam", "-genkey", "-name", "prime256v1", "-out", folder / "accounts.key")
    for name, identity in USERS.items():
        _issue(folder, name, identity)
        cluster.write_json(f"{name}.kubeconfig", _kubeconfig(cluster, name)).chmod(0o600)
    (settings.state / f"{ADMIN}.kubeconfig").rename(settings.kubeconfig)


def certificate(cluster: Cluster, name: str) -> Path:
    return cluster.settings.state / FOLDER / f"{name}.crt"


def key(cluster: Cluster, name: str) -> Path:
    return cluster.settings.state / FOLDER / f"{name}.key"


def copy_pair(cluster: Cluster, name: str, folder: str) -> Path:
    """Put certificate and key where a program looks, under the names that Kubernetes gives them."""
    target = cluster.folder(folder)
    shutil.copy(certificate(cluster, name), target / "tls.crt")
    shutil.copy(key(cluster, name), target / "tls.key")
    return target


def authority(cluster: Cluster) -> Path:
    return certificate(cluster, "ca")


def authority_text(cluster: Cluster) -> str:
    """As `caBundle` and kubeconfig files want it."""
    return base64.b64encode(authority(cluster).read_bytes()).decode()


def _make_authority(folder: Path) -> None:
    run(
        *("openssl", "req", "-x509", *_KEY, "-days", _DAYS, "-subj", f"/CN={NAME} cluster"),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
        *("-keyout", folder / "ca.key", "-out", folder / "ca.crt"),
    )


def _issue(folder: Path, name: str, identity: Identity) -> None:
    usage = "extendedKeyUsage=serverAuth,clientAuth"
    names = ("-addext", f"subjectAltName={','.join(identity.names)}") if identity.names else ()
    run(
        *("openssl", "req", "-x509", *_KEY, "-days", _DAYS, "-subj", identity.subject),
        *("-CA", folder / "ca.crt", "-CAkey", folder / "ca.key", "-addext", usage, *names),
        *("-addext", "basicConstraints=critical,CA:FALSE"),
        *("-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"),
    )


def _kubeconfig(cluster: Cluster, name: str) -> Mapping[str, object]:
    folder = cluster.folder(FOLDER)
    server = {
        "server": cluster.settings.apiserver,
        "certificate-authority-data": authority_text(cluster),
    }
    user = {
        "client-certificate-data": base64.b64encode((folder / f"{name}.crt").read_bytes()).decode(),
        "client-key-data": base64.b64encode((folder / f"{name}.key").read_bytes()).decode(),
    }
    context = {"cluster": NAME, "user": name, "namespace": "default"}
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": NAME, "cluster": server}],
        "users": [{"name": name, "user": user}],
        "contexts": [{"name": NAME, "context": context}],
        "current-context": NAME,
    }
