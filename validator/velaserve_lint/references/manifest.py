# SPDX-License-Identifier: Apache-2.0
"""What one Kubernetes object needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.pods import pods_of
from velaserve_lint.reach import reach
from velaserve_lint.references.fields import NAMES, SERVICE, SERVICE_ACCOUNT
from velaserve_lint.references.model import reference_of_storage, reference_of_uri
from velaserve_lint.references.pod import references_of_pod
from velaserve_lint.references.reference import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.reference import Reference

_URIS = ("spec.*.*.storageUri", "spec.*.storageUris[].uri")


def references_of(manifest: Manifest) -> Iterator[Reference]:
    """The references of the object itself, then those of its pods."""
    for path, kinds in NAMES.get(manifest.kind, {}).items():
        for name in reach(manifest.root, path):
            yield from reference(name, kinds, manifest.namespace)
    if special := _SPECIAL.get(manifest.kind):
        yield from special(manifest)
    for pod in pods_of(manifest):
        yield from references_of_pod(pod)


def scale_target(manifest: Manifest) -> Iterator[Reference]:
    """What an HPA or a ScaledObject scales; KEDA takes it for a Deployment if nothing is said."""
    target = manifest.spec.at("scaleTargetRef")
    kind = target.at("kind").text or ("Deployment" if manifest.kind == "ScaledObject" else "")
    yield from reference(target.at("name"), (kind,), manifest.namespace)


def _scaled_object(manifest: Manifest) -> Iterator[Reference]:
    yield from scale_target(manifest)
    for at in reach(manifest.spec, "triggers[].authenticationRef"):
        kind = at.at("kind").text or "TriggerAuthentication"
        yield from reference(at.at("name"), (kind,), manifest.namespace)


def _trigger_authentication(manifest: Manifest) -> Iterator[Reference]:
    """That of a ClusterTriggerAuthentication is in KEDA's own namespace."""
    for field, kind in (("configMapTargetRef", "ConfigMap"), ("secretTargetRef", "Secret")):
        for at in manifest.spec.at(field).items():
            yield from reference(at.at("name"), (kind,), manifest.namespace, key=at.at("key"))


def _binding(manifest: Manifest) -> Iterator[Reference]:
    role = manifest.root.at("roleRef")
    yield from reference(role.at("name"), (role.at("kind").text,), manifest.namespace)
    for subject in manifest.root.at("subjects").items():
        if subject.at("kind").text == "ServiceAccount":
            yield from reference(subject.at("name"), SERVICE_ACCOUNT, subject.at("namespace").text)


def _route(manifest: Manifest) -> Iterator[Reference]:
    for at in backends(manifest):
        yield from reference(at.at("name"), SERVICE, at.at("namespace").text or manifest.namespace)


def backends(manifest: Manifest) -> Iterator[Cursor]:
    """The Services that a route of the Gateway API leads to."""
    for at in reach(manifest.spec, "rules[].backendRefs[]"):
        if at.at("kind").text in ("", "Service") and not at.at("group").text:
            yield at


def _inference_service(manifest: Manifest) -> Iterator[Reference]:
    secret = manifest.annotations.at("serving.kserve.io/storageSecretName")
    for path in _URIS:
        for uri in reach(manifest.root, path):
            yield from reference_of_uri(uri, manifest.namespace)
    for storage in reach(manifest.root, "spec.*.model.storage"):
        yield from reference_of_storage(storage, manifest.namespace, secret)


_SPECIAL: Mapping[str, Callable[[Manifest], Iterator[Reference]]] = {
    "ClusterRoleBinding": _binding,
    "ClusterTriggerAuthentication": _trigger_authentication,
    "GRPCRoute": _route,
    "HTTPRoute": _route,
    "HorizontalPodAutoscaler": scale_target,
    "InferenceService": _inference_service,
    "RoleBinding": _binding,
    "ScaledObject": _scaled_object,
    "TriggerAuthentication": _trigger_authentication,
}
