# SPDX-License-Identifier: Apache-2.0
"""APIs that are served not by kube-apiserver but by a process of this machine."""

from pathlib import Path

from ci.cluster import certificates, manifests
from ci.cluster.cluster import Cluster, Object
from ci.cluster.manifests import Manifest
from ci.cluster.settings import Settings


def kubeconfigs(settings: Settings, own: str) -> list[str]:
    """The arguments of a server that has kube-apiserver say who asks and whether that one may."""
    names = (own, "authentication-kubeconfig", "authorization-kubeconfig")
    return [f"--{name}={settings.kubeconfig}" for name in names]


def serve(cluster: Cluster, file: Path, port: int) -> None:
    """Have kube-apiserver pass on what is asked of the APIService in the file; wait until it does.

    The server's certificate is for <service>.<namespace>.svc.
    """
    [api] = manifests.read(file)
    cluster.apply(*objects(api, port, certificates.authority_text(cluster)))
    available = ("wait", "--for=condition=Available", "--timeout=30s")
    cluster.kubectl(*available, "apiservice", api["metadata"]["name"])


def objects(api: Manifest, port: int, authority: str) -> tuple[Object, Manifest]:
    """A Service that stands for this machine, and the APIService that names it."""
    service = api["spec"]["service"]
    service["port"] = port
    api["spec"]["caBundle"] = authority
    api["spec"].pop("insecureSkipTLSVerify", None)
    stand_in = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": service["name"], "namespace": service["namespace"]},
        "spec": {"type": "ExternalName", "externalName": "localhost"},
    }
    return stand_in, api
