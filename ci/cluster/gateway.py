# SPDX-License-Identifier: Apache-2.0
"""The gateway: Traefik on loopback, steered by Gateway API."""

from ci.cluster.cluster import Cluster, Object
from ci.cluster.probes import answers
from ci.tools import programs

NAMESPACE, NAME = "kserve", "kserve-ingress-gateway"
_CLASS = "traefik"


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    cluster.apply(_class(), _gateway(settings.port("gateway")))
    arguments = [
        f"--entrypoints.web.address={settings.local('gateway')}",
        # By default it takes up to two seconds until a pod that is ready gets its requests.
        "--providers.providersthrottleduration=100ms",
        "--providers.kubernetesgateway=true",
        "--providers.kubernetesgateway.statusaddress.ip=127.0.0.1",
        *("--ping=true", "--ping.entrypoint=web"),
        f"--entrypoints.metrics.address={settings.local('gateway-metrics')}",
        *("--metrics.prometheus=true", "--metrics.prometheus.entrypoint=metrics"),
        # By route: the first request to a model without pods is known from nowhere else.
        "--metrics.prometheus.addrouterslabels=true",
        *("--global.checknewversion=false", "--global.sendanonymoususage=false"),
    ]
    environment = {"KUBECONFIG": str(settings.kubeconfig)}
    daemon = cluster.daemons.start("traefik", programs.path("traefik"), arguments, environment)
    cluster.daemons.wait(daemon, lambda: answers(settings.local("gateway"), "/ping"), 30)
    programmed = ("--for=condition=Programmed", "--timeout=30s", f"--namespace={NAMESPACE}")
    cluster.kubectl("wait", *programmed, "gateway", NAME)


def _class() -> Object:
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "GatewayClass",
        "metadata": {"name": _CLASS},
        "spec": {"controllerName": "traefik.io/gateway-controller"},
    }


def _gateway(port: int) -> Object:
    """Its listener's port must be that of Traefik's entry point."""
    listener = {
        "name": "http",
        "protocol": "HTTP",
        "port": port,
        "allowedRoutes": {"namespaces": {"from": "All"}},
    }
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": NAME, "namespace": NAMESPACE},
        "spec": {"gatewayClassName": _CLASS, "listeners": [listener]},
    }
