# SPDX-License-Identifier: Apache-2.0
"""Annotations and node labels that have been replaced, and where an object has some.

Source: Kubernetes v1.34.4 pkg/api/pod/warnings.go, pkg/api/node/util.go,
pkg/api/persistentvolumeclaim/util.go, pkg/apis/core/annotation_key_constants.go and
pkg/apis/storage/util/helpers.go; k8s.io/api v0.34.4 networking/v1beta1/well_known_annotations.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.pods import pods_of
from velaserve_lint.reach import reach
from velaserve_lint.rules.objects.selectors import NODE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod
    from velaserve_lint.targets import Version


class Deprecated(NamedTuple):
    """Since `gone` it has no effect any more; `field` of a security context replaces it."""

    since: Version
    instead: str
    gone: Version | None = None
    field: str = ""


class Use(NamedTuple):
    """Where a deprecated key stands."""

    place: Place
    key: str
    known: Deprecated


_SECCOMP = Deprecated((1, 19), "securityContext.seccompProfile", (1, 27), "seccompProfile")
_SYSCTLS = Deprecated((1, 11), "securityContext.sysctls", (1, 11))
_APPARMOR = Deprecated((1, 30), "securityContext.appArmorProfile", None, "appArmorProfile")
_IS_DEFAULT = "storageclass.kubernetes.io/is-default-class"

_ANNOTATIONS: Mapping[str, Deprecated] = {
    "kubernetes.io/ingress.class": Deprecated((1, 18), "spec.ingressClassName"),
    "scheduler.alpha.kubernetes.io/critical-pod": Deprecated((1, 13), "priorityClassName", (1, 16)),
    "seccomp.security.alpha.kubernetes.io/pod": _SECCOMP,
    "security.alpha.kubernetes.io/sysctls": _SYSCTLS,
    "security.alpha.kubernetes.io/unsafe-sysctls": _SYSCTLS,
    "service.kubernetes.io/topology-aware-hints": Deprecated(
        (1, 27), "service.kubernetes.io/topology-mode"
    ),
    "storageclass.beta.kubernetes.io/is-default-class": Deprecated((1, 6), _IS_DEFAULT),
    "volume.beta.kubernetes.io/mount-options": Deprecated((1, 31), "spec.mountOptions"),
    "volume.beta.kubernetes.io/storage-class": Deprecated((1, 8), "spec.storageClassName"),
}
# What follows is the name of a container.
_PREFIXES: Mapping[str, Deprecated] = {
    "container.apparmor.security.beta.kubernetes.io/": _APPARMOR,
    "container.seccomp.security.alpha.kubernetes.io/": _SECCOMP,
}
_NODE_LABELS: Mapping[str, Deprecated] = {
    "beta.kubernetes.io/arch": Deprecated((1, 14), "kubernetes.io/arch"),
    "beta.kubernetes.io/instance-type": Deprecated((1, 17), "node.kubernetes.io/instance-type"),
    "beta.kubernetes.io/os": Deprecated((1, 14), "kubernetes.io/os"),
    "failure-domain.beta.kubernetes.io/region": Deprecated(
        (1, 17), "topology.kubernetes.io/region"
    ),
    "failure-domain.beta.kubernetes.io/zone": Deprecated((1, 17), "topology.kubernetes.io/zone"),
    "node-role.kubernetes.io/master": Deprecated(
        (1, 20), "node-role.kubernetes.io/control-plane", (1, 24)
    ),
}


def uses(manifest: Manifest) -> Iterator[Use]:
    """Those that the targeted Kubernetes no longer wants."""
    written = dict(manifest.annotations.entries())
    for pod in pods_of(manifest):
        written = {key: at for key, at in written.items() if key not in pod.annotations}
        yield from _annotations(pod.annotations, _profiles(pod))
        yield from _node_labels(pod.spec)
    yield from _annotations(written, frozenset())


def _annotations(written: Mapping[str, Cursor], fields: frozenset[str]) -> Iterator[Use]:
    for key, at in written.items():
        prefixed = (known for prefix, known in _PREFIXES.items() if key.startswith(prefix))
        known = _ANNOTATIONS.get(key) or next(prefixed, None)
        if known and known.field not in fields:
            yield Use(at.key, key, known)


def _profiles(pod: Pod) -> frozenset[str]:
    """The fields of security contexts that are set: an annotation beside one is for old nodes."""
    parts = (pod.spec, *(container.at for container in pod.containers))
    return frozenset(key for part in parts for key in part.at("securityContext").mapping)


def _node_labels(spec: Cursor) -> Iterator[Use]:
    for key, place in _node_keys(spec):
        if known := _NODE_LABELS.get(key):
            yield Use(place, key, known)


def _node_keys(spec: Cursor) -> Iterator[tuple[str, Place]]:
    for key, at in spec.at("nodeSelector").entries():
        yield key, at.key
    for path in NODE_KEYS:
        for at in reach(spec, path):
            yield at.text, at.place
