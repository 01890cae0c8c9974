# SPDX-License-Identifier: Apache-2.0
"""Which kinds have a field table, and which module says what they are."""

from pathlib import Path
from typing import NamedTuple

from ci.tools.gomod import module_dir
from ci.tools.pins import Module, load, module


def pinned(path: str) -> Module:
    return module(load(), path)


KUBERNETES = pinned("k8s.io/kubernetes")
# Written by people, and not only by the cluster.
KINDS = frozenset(
    {
        *("ConfigMap", "LimitRange", "Namespace", "PersistentVolume", "PersistentVolumeClaim"),
        *("Pod", "PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service"),
        *("ServiceAccount", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet", "CronJob"),
        *("Job", "HorizontalPodAutoscaler", "EndpointSlice", "Ingress", "IngressClass"),
        *("NetworkPolicy", "RuntimeClass", "PodDisruptionBudget", "ClusterRole"),
        *("ClusterRoleBinding", "Role", "RoleBinding", "DeviceClass", "ResourceClaim"),
        *("ResourceClaimTemplate", "PriorityClass", "StorageClass", "VolumeAttributesClass"),
    }
)


class Crds(NamedTuple):
    """The CRDs of one table; `tabled` and `known` are patterns below the module's folder.

    Of kinds that are only known there is no table: they are no misspelt others.
    """

    table: str
    module: Module
    tabled: tuple[str, ...]
    known: tuple[str, ...]


# KServe's full CRDs: its minimal ones name no fields. The Gateway API's experimental ones: they
# have all fields that the standard ones have.
CRDS = (
    Crds(
        "kserve",
        pinned("github.com/kserve/kserve"),
        (
            "config/crd/full/serving.kserve.io_*.yaml",
            "config/crd/full/clusterstoragecontainer/serving.kserve.io_*.yaml",
            "config/crd/full/localmodel/serving.kserve.io_*.yaml",
        ),
        ("config/crd/full/**/serving.kserve.io_*.yaml",),
    ),
    Crds(
        "gateway-api",
        pinned("sigs.k8s.io/gateway-api"),
        ("config/crd/experimental/gateway.networking.k8s.io_*.yaml",),
        ("config/crd/experimental/gateway.networking.*.yaml",),
    ),
    Crds(
        "prometheus-operator",
        pinned("github.com/prometheus-operator/prometheus-operator"),
        (
            "example/prometheus-operator-crd/*monitors.yaml",
            "example/prometheus-operator-crd/*prometheusrules.yaml",
        ),
        ("example/prometheus-operator-crd-full/*.yaml",),
    ),
    Crds(
        "keda",
        pinned("github.com/kedacore/keda/v2"),
        ("config/crd/bases/keda.sh_*.yaml",),
        ("config/crd/bases/*.yaml",),
    ),
)


def files(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """The files in a folder that match one of the patterns.

    Raises:
        ValueError: a pattern matches none.
    """
    found = []
    for pattern in patterns:
        matching = sorted(folder.glob(pattern))
        if not matching:
            raise ValueError(f"{folder}: no file {pattern}")
        found += matching
    return found


def folder(source: Module, *, offline: bool) -> Path:
    """Where Go keeps it, which is asked for it unless that is enough."""
    return module_dir(source.path, offline=offline)
