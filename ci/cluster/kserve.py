# SPDX-License-Identifier: Apache-2.0
"""KServe's manager as a process of this machine, its webhooks on, its images made here."""

import json
from collections.abc import Iterator

from ci.cluster import certificates, gateway, manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import KSERVE, Manifest
from ci.cluster.probes import answers
from ci.images.images import reference
from ci.tools import programs

NAMESPACE = "kserve"
_CERTIFICATES = "k8s-webhook-server/serving-certs"
"""Where controller-runtime looks, below the folder for temporary files."""


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    cluster.apply(config())
    cluster.apply(_storage())
    server = f"https://{settings.local('kserve-webhook')}"
    cluster.apply(*webhooks(server, certificates.authority_text(cluster)))
    temporary = _certificates(cluster)
    arguments = [
        f"--kubeconfig={settings.kubeconfig}",
        f"--webhook-port={settings.port('kserve-webhook')}",
        f"--metrics-addr={settings.local('kserve-metrics')}",
        f"--health-probe-addr={settings.local('kserve-health')}",
    ]
    environment = {"POD_NAMESPACE": NAMESPACE, "TMPDIR": temporary}
    program = programs.path("kserve-manager")
    daemon = cluster.daemons.start("kserve-manager", program, arguments, environment)

    def ready() -> bool:
        webhook = settings.local("kserve-webhook")
        return answers(settings.local("kserve-health"), "/readyz") and answers(
            webhook, "/readyz", tls=True, any_status=True
        )

    cluster.daemons.wait(daemon, ready, 60)


def config() -> Manifest:
    """KServe's own ConfigMap with our gateway, our images, and requests that fit a small node."""
    [config] = manifests.read(manifests.folder(KSERVE, "config/configmap/inferenceservice.yaml"))
    data = config["data"]
    del data["_example"]
    changes: dict[str, dict[str, object]] = {
        "ingress": {
            "enableGatewayApi": True,
            "disableIstioVirtualHost": True,
            "kserveIngressGateway": f"{gateway.NAMESPACE}/{gateway.NAME}",
        },
        "deploy": {"defaultDeploymentMode": "Standard"},
        "inferenceService": {"resource": {"cpuRequest": "100m", "memoryRequest": "256Mi"}},
        "agent": {"image": reference("kserve-agent")},
        "batcher": {"image": reference("kserve-agent")},
        "logger": {"image": reference("kserve-agent")},
        "router": {"image": reference("kserve-router")},
        "storageInitializer": {"image": reference("storage-initializer")},
    }
    for key, change in changes.items():
        data[key] = json.dumps(json.loads(data[key]) | change)
    config["metadata"]["namespace"] = NAMESPACE
    return config


def _storage() -> Manifest:
    """KServe's own list of what it can fetch models from, with our image."""
    [storage] = manifests.read(manifests.folder(KSERVE, "config/storagecontainers/default.yaml"))
    storage["spec"]["container"]["image"] = reference("storage-initializer")
    return storage


def webhooks(server: str, authority: str) -> Iterator[Manifest]:
    """The webhook configurations, called at `server` in place of a Service."""
    for manifest in manifests.read(manifests.folder(KSERVE, "config/webhook/manifests.yaml")):
        del manifest["metadata"]["creationTimestamp"]
        for webhook in manifest["webhooks"]:
            path = webhook["clientConfig"]["service"]["path"]
            webhook["clientConfig"] = {"url": f"{server}{path}", "caBundle": authority}
        yield manifest


def _certificates(cluster: Cluster) -> str:
    """The folder for temporary files with the webhooks' certificate in it."""
    certificates.copy_pair(cluster, "kserve-webhook", f"kserve/{_CERTIFICATES}")
    return str(cluster.folder("kserve"))
