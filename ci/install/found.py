# SPDX-License-Identifier: Apache-2.0
"""What a cluster and this machine have of what an installation needs; changes nothing."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ci.cluster import gateway, kserve, kubevela
from ci.cluster.errors import CommandFailed
from ci.install import component
from ci.install.access import Access
from ci.install.component import Component
from ci.install.errors import CannotInstall
from ci.install.needs import GATEWAY_API, IN_CLUSTER, KSERVE, KUBERNETES, KUBEVELA, VELA


@dataclass(frozen=True, kw_only=True)
class Found:
    """Everything that is judged."""

    components: Mapping[str, Component]
    """By the name in the table of needs."""
    namespace: str
    """Where KubeVela looks for definitions; empty where it does not exist."""
    uses_gateway_api: bool
    """Whether KServe is told to."""
    gateway: bool
    """Whether the definition's default Gateway exists."""
    images: Collection[str]
    """That nodes have."""


def look(access: Access) -> Found:
    """Raises: CannotInstall: the cluster does not answer, or hides what must be known."""
    server = component.kubernetes(access)
    try:
        return _look(access, server)
    except CommandFailed as err:
        raise CannotInstall([f"it cannot be seen what is there: {err}"]) from err


def _look(access: Access, server: Component) -> Found:
    names = [name for need in IN_CLUSTER for name in need.types]
    found = access.get("customresourcedefinitions", *names)
    types = {each["metadata"]["name"]: each for each in found}
    components = {need.name: component.in_cluster(access, need, types) for need in IN_CLUSTER}
    namespace = components[KUBEVELA.name].namespace or kubevela.NAMESPACE
    return Found(
        components={KUBERNETES.name: server, VELA.name: component.vela()} | components,
        namespace=namespace if access.get("namespace", namespace) else "",
        uses_gateway_api=_uses_gateway_api(access, components[KSERVE.name]),
        gateway=not components[GATEWAY_API.name].lacks and _has_gateway(access),
        images=_images(access),
    )


def _uses_gateway_api(access: Access, controller: Component) -> bool:
    namespace = controller.namespace or kserve.NAMESPACE
    maps = access.get("configmap", "inferenceservice-config", f"--namespace={namespace}")
    ingress = maps[0].get("data", {}).get("ingress", "{}") if maps else "{}"
    try:
        return json.loads(ingress).get("enableGatewayApi") is True
    except ValueError:
        return False


def _has_gateway(access: Access) -> bool:
    namespace = f"--namespace={gateway.NAMESPACE}"
    return bool(access.get("gateways.gateway.networking.k8s.io", gateway.NAME, namespace))


def _images(access: Access) -> frozenset[str]:
    nodes = access.get("nodes")
    images = [image for node in nodes for image in node.get("status", {}).get("images", [])]
    return frozenset(name for image in images for name in image.get("names", []))
