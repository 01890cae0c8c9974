# SPDX-License-Identifier: Apache-2.0
"""Fields of which one must be set, or only one may be.

Source: Kubernetes v1.34.4 pkg/apis/*/validation/validation.go, where defaults fill no gap; for
PrometheusRules, prometheus-operator v0.86.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.objects.scopes import CONTAINER, INIT_CONTAINER, MODEL, POD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor


class Union(NamedTuple):
    """Alternatives at a path; without `needed`, none of them is as good as one."""

    path: str
    fields: tuple[str, ...]
    needed: bool = True
    exclusive: bool = True


_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_HOOKS = ("exec", "httpGet", "tcpSocket", "sleep")
_VALUE_SOURCES = (
    *("configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"),
)
_ENV = (
    Union("env[]", ("value", "valueFrom"), needed=False),
    Union("env[].valueFrom", _VALUE_SOURCES),
    Union("envFrom[]", ("configMapRef", "secretRef")),
    Union("volumeMounts[]", ("subPath", "subPathExpr"), needed=False),
)
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_VOLUMES = (
    *("awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "configMap", "csi"),
    *("downwardAPI", "emptyDir", "ephemeral", "fc", "flexVolume", "flocker", "gcePersistentDisk"),
    *("gitRepo", "glusterfs", "hostPath", "image", "iscsi", "nfs", "persistentVolumeClaim"),
    *("photonPersistentDisk", "portworxVolume", "projected", "quobyte", "rbd", "scaleIO"),
    *("secret", "storageos", "vsphereVolume"),
)
_PROJECTED = (
    *("clusterTrustBundle", "configMap", "downwardAPI", "podCertificate", "secret"),
    "serviceAccountToken",
)
_PEERS = ("spec.ingress[].from[]", "spec.egress[].to[]")
_SELECTORS = ("podSelector", "namespaceSelector")
_METRICS = ("containerResource", "external", "object", "pods", "resource")
_BACKENDS = ("spec.defaultBackend", "spec.rules[].http.paths[].backend")
_TARGETS = (
    Union("spec.metrics[].resource.target", ("averageUtilization", "averageValue")),
    Union("spec.metrics[].containerResource.target", ("averageUtilization", "averageValue")),
    Union("spec.metrics[].external.target", ("value", "averageValue")),
    Union("spec.metrics[].object.target", ("value", "averageValue"), exclusive=False),
)

UNIONS: Mapping[str, tuple[Union, ...]] = {
    CONTAINER: (
        *_ENV,
        *(Union(probe, _HANDLERS) for probe in _PROBES),
        *(Union(f"lifecycle.{hook}", _HOOKS) for hook in ("postStart", "preStop")),
    ),
    INIT_CONTAINER: _ENV,
    # What is missing may be in the runtime.
    MODEL: (*_ENV, *(Union(probe, _HANDLERS, needed=False) for probe in _PROBES)),
    POD: (
        Union("volumes[]", _VOLUMES, needed=False),
        Union("volumes[].projected.sources[]", _PROJECTED, needed=False),
    ),
    "HorizontalPodAutoscaler": (Union("spec.metrics[]", _METRICS), *_TARGETS),
    "Ingress": (
        *(Union(backend, ("service", "resource")) for backend in _BACKENDS),
        *(Union(f"{backend}.service.port", ("name", "number")) for backend in _BACKENDS),
    ),
    "NetworkPolicy": (
        *(Union(peer, (*_SELECTORS, "ipBlock"), exclusive=False) for peer in _PEERS),
        *(
            Union(peer, (selector, "ipBlock"), needed=False)
            for peer in _PEERS
            for selector in _SELECTORS
        ),
    ),
    "PodDisruptionBudget": (Union("spec", ("minAvailable", "maxUnavailable"), needed=False),),
    "PrometheusRule": (Union("spec.groups[].rules[]", ("alert", "record")),),
}


def written(cursor: Cursor, fields: tuple[str, ...]) -> list[Cursor]:
    """Those of the fields that are set, in the order of the file; an empty text is not."""
    return [at for field, at in cursor.entries() if field in fields and at.value not in (None, "")]
