# SPDX-License-Identifier: Apache-2.0
"""A cluster's objects through the `kubernetes` package, as plain data."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kubernetes import config
from kubernetes.client.exceptions import ApiException
from kubernetes.dynamic import DynamicClient
from kubernetes.dynamic.exceptions import NotFoundError
from kubernetes.dynamic.resource import ResourceList

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Object = dict[str, Any]  # of whatever kind
NAMESPACE = "default"
_API_VERSION = {
    "Application": "core.oam.dev/v1beta1",
    "ClusterServingRuntime": "serving.kserve.io/v1alpha1",
    "ClusterStorageContainer": "serving.kserve.io/v1alpha1",
    "Deployment": "apps/v1",
    "Gateway": "gateway.networking.k8s.io/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "HTTPRoute": "gateway.networking.k8s.io/v1",
    "InferenceGraph": "serving.kserve.io/v1alpha1",
    "InferenceService": "serving.kserve.io/v1beta1",
    "Job": "batch/v1",
    "Namespace": "v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "Node": "v1",
    "PersistentVolume": "v1",
    "PersistentVolumeClaim": "v1",
    "Pod": "v1",
    "PodDisruptionBudget": "policy/v1",
    "PrometheusRule": "monitoring.coreos.com/v1",
    "ReplicaSet": "apps/v1",
    "ScaledObject": "keda.sh/v1alpha1",
    "Secret": "v1",
    "Service": "v1",
    "ServiceAccount": "v1",
}
_COME_AND_GO = {"Event", "Lease", "ControllerRevision", "DefinitionRevision"}


class Name(NamedTuple):
    """What tells an object from all others."""

    kind: str
    namespace: str
    name: str


class Kube:
    """The cluster of a kubeconfig file."""

    def __init__(self, kubeconfig: Path) -> None:
        self._client = DynamicClient(config.new_client_from_config(str(kubeconfig)))

    def find(self, kind: str, name: str, namespace: str = NAMESPACE) -> Object | None:
        try:
            found = self._resource(kind).get(name=name, namespace=namespace)
        except ApiException as err:
            if err.status == 404:
                return None
            raise
        return cast("Object", found.to_dict())

    def get(self, kind: str, name: str, namespace: str = NAMESPACE) -> Object:
        found = self.find(kind, name, namespace)
        assert found is not None, f"there is no {kind} {namespace}/{name}"
        return found

    def matching(self, kind: str, selector: str, namespace: str = NAMESPACE) -> list[Object]:
        found = self._resource(kind).get(label_selector=selector, namespace=namespace)
        return cast("list[Object]", found.to_dict()["items"])

    def create(self, *objects: Mapping[str, Any]) -> None:
        for each in objects:
            self._resource(each["kind"]).create(each, namespace=each["metadata"].get("namespace"))

    def refusal(self, each: Mapping[str, Any]) -> str:
        """Why the API server or a webhook would not create the object; empty where they would."""
        kind = self._client.resources.get(api_version=each["apiVersion"], kind=each["kind"])
        namespace = each["metadata"].get("namespace", NAMESPACE)
        try:
            kind.create(each, namespace=namespace, dry_run="All")
        except ApiException as err:
            return str(json.loads(err.body)["message"])
        return ""

    def delete(self, kind: str, name: str, namespace: str = NAMESPACE) -> None:
        """Asks for it, once; what is not there is as it should be."""
        with suppress(NotFoundError):
            self._resource(kind).delete(name=name, namespace=namespace)

    def evict(self, pod: str, namespace: str = NAMESPACE) -> int:
        """Asks as `kubectl drain` does, once; the status of the answer, 429 where it must wait."""
        eviction = {
            "apiVersion": "policy/v1",
            "kind": "Eviction",
            "metadata": {"name": pod, "namespace": namespace},
        }
        try:
            self._resource("Pod").subresources["eviction"].create(
                eviction, name=pod, namespace=namespace
            )
        except ApiException as err:
            return int(err.status)
        return 201

    def patch(self, kind: str, name: str, body: Object, namespace: str = NAMESPACE) -> None:
        """Merge `body` into the object (RFC 7396)."""
        merge = "application/merge-patch+json"
        self._resource(kind).patch(body, name, namespace, content_type=merge)

    def patch_node_status(self, name: str, status: Object) -> None:
        merge = "application/merge-patch+json"
        self._resource("Node").status.patch({"status": status}, name, content_type=merge)

    def everything(self) -> frozenset[Name]:
        """Every object of the cluster, but for those that controllers make by the way."""
        return frozenset(
            Name(resource.kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
            for resource in self._listable()
            for item in resource.get().to_dict()["items"]
        )

    def _listable(self) -> list[Any]:
        return [
            resource
            for resource in self._client.resources.search()
            if not isinstance(resource, ResourceList)
            and "list" in resource.verbs
            and resource.preferred
            and resource.kind not in _COME_AND_GO
        ]

    def _resource(self, kind: str) -> Any:
        return self._client.resources.get(api_version=_API_VERSION[kind], kind=kind)


def rolled_out(deployment: Object) -> bool:
    """Whether what is wanted is there, all of it, and nothing else; as `kubectl rollout status`."""
    wanted, status = deployment["spec"]["replicas"], deployment.get("status", {})
    seen = status.get("observedGeneration", 0) >= deployment["metadata"]["generation"]
    counts = (status.get(name, 0) for name in ("replicas", "updatedReplicas", "availableReplicas"))
    return seen and all(count == wanted for count in counts)
