# SPDX-License-Identifier: Apache-2.0
"""What pods need: ConfigMaps, Secrets, claims, accounts and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.references.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod
    from velaserve_lint.references.reference import Reference

_NAMES = {
    "imagePullSecrets[].name": "Secret",
    "priorityClassName": "PriorityClass",
    "runtimeClassName": "RuntimeClass",
    "serviceAccountName": "ServiceAccount",
}
_CLAIMS = {
    "[].persistentVolumeClaim.claimName": "PersistentVolumeClaim",
    "[].ephemeral.volumeClaimTemplate.spec.storageClassName": "StorageClass",
}
_VARIABLES = {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}
_SOURCES = {"configMapRef": "ConfigMap", "secretRef": "Secret"}
_FILES = (("configMap", "name", "ConfigMap"), ("secret", "secretName", "Secret"))
_PROJECTED = (("configMap", "name", "ConfigMap"), ("secret", "name", "Secret"))


def references_of_pod(pod: Pod) -> Iterator[Reference]:
    """In the order of the fields; names in a ServingRuntime are those of the model's namespace."""
    namespace = pod.manifest.namespace
    for path, kind in _NAMES.items():
        for name in reach(pod.spec, path):
            yield from reference(name, (kind,), namespace)
    for container in pod.containers:
        yield from _of_container(container, namespace)
    yield from references_of_volumes(pod.spec.at("volumes"), namespace)


def references_of_volumes(volumes: Cursor, namespace: str) -> Iterator[Reference]:
    """What the volumes of a list need, which properties of ours may have, too."""
    for path, kind in _CLAIMS.items():
        for name in reach(volumes, path):
            yield from reference(name, (kind,), namespace)
    for volume in volumes.items():
        for field, named_by, kind in _FILES:
            yield from _of_files(volume.at(field), named_by, kind, namespace)
        for source in reach(volume, "projected.sources[]"):
            for field, named_by, kind in _PROJECTED:
                yield from _of_files(source.at(field), named_by, kind, namespace)


def _of_container(container: Container, namespace: str) -> Iterator[Reference]:
    for item in container.at.at("env").items():
        for field, kind in _VARIABLES.items():
            at = item.at("valueFrom", field)
            optional = at.at("optional").value is True
            yield from reference(
                at.at("name"), (kind,), namespace, is_optional=optional, key=at.at("key")
            )
    for item in container.at.at("envFrom").items():
        for field, kind in _SOURCES.items():
            at = item.at(field)
            optional = at.at("optional").value is True
            yield from reference(at.at("name"), (kind,), namespace, is_optional=optional)


def _of_files(at: Cursor, named_by: str, kind: str, namespace: str) -> Iterator[Reference]:
    name, optional = at.at(named_by), at.at("optional").value is True
    yield from reference(name, (kind,), namespace, is_optional=optional)
    for key in reach(at, "items[].key"):
        yield from reference(name, (kind,), namespace, is_optional=optional, key=key)
