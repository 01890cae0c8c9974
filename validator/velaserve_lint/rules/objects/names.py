# SPDX-License-Identifier: Apache-2.0
"""Where names stand, and what each may look like.

Source: Kubernetes v1.34.4 pkg/apis/*/validation/validation.go; custom resources are named like
most of Kubernetes' own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint import naming
from velaserve_lint.manifest import KSERVE_GROUP
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.reach import reach
from velaserve_lint.rules.objects.scopes import CONTAINER, INIT_CONTAINER, MODEL, POD, scopes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.naming import Format

# Of a CronJob's name, 11 characters are added for each Job; a Job's is a label's value.
_OF_KINDS: Mapping[str, Format] = {
    "ClusterRole": naming.SEGMENT,
    "ClusterRoleBinding": naming.SEGMENT,
    "CronJob": naming.subdomain(52),
    "Job": naming.subdomain(63),
    "Namespace": naming.LABEL,
    "Role": naming.SEGMENT,
    "RoleBinding": naming.SEGMENT,
    "Service": naming.LETTER_FIRST,
    "StatefulSet": naming.LABEL,
}
# Whose names KServe's webhook checks, and rules of their own.
_OF_KSERVE = frozenset({"InferenceService", "InferenceGraph"})
_CONTAINER = (
    ("ports[].name", naming.PORT_NAME),
    ("env[].name", naming.VARIABLE),
)
_FIELDS: Mapping[str, tuple[tuple[str, Format], ...]] = {
    CONTAINER: (("name", naming.LABEL), *_CONTAINER),
    INIT_CONTAINER: (("name", naming.LABEL), *_CONTAINER),
    MODEL: _CONTAINER,
    POD: (
        ("volumes[].name", naming.LABEL),
        ("hostname", naming.LABEL),
        ("subdomain", naming.LABEL),
        ("serviceAccountName", naming.SUBDOMAIN),
        ("priorityClassName", naming.SUBDOMAIN),
        ("runtimeClassName", naming.SUBDOMAIN),
    ),
    "Ingress": (
        ("spec.ingressClassName", naming.SUBDOMAIN),
        ("spec.rules[].http.paths[].backend.service.name", naming.LETTER_FIRST),
        ("spec.rules[].http.paths[].backend.service.port.name", naming.PORT_NAME),
        ("spec.tls[].secretName", naming.SUBDOMAIN),
    ),
    "NetworkPolicy": (
        ("spec.ingress[].ports[].port", naming.PORT_NAME),
        ("spec.egress[].ports[].port", naming.PORT_NAME),
    ),
    "PersistentVolumeClaim": (("spec.storageClassName", naming.SUBDOMAIN),),
    "Service": (
        ("spec.ports[].name", naming.LABEL),
        ("spec.ports[].targetPort", naming.PORT_NAME),
    ),
    "StatefulSet": (
        ("spec.serviceName", naming.LABEL),
        ("spec.volumeClaimTemplates[].metadata.name", naming.LABEL),
    ),
}


class Named(NamedTuple):
    """A name, and what it must look like."""

    at: Cursor
    format: Format


def names(manifest: Manifest) -> Iterator[Named]:
    """Those that are written; an empty text is none."""
    written = (one for one in _places(manifest) if one.at.text)
    return (one for one in written if not has_placeholder(one.at.text))


def _places(manifest: Manifest) -> Iterator[Named]:
    if manifest.group != KSERVE_GROUP or manifest.kind not in _OF_KSERVE:
        own = _OF_KINDS.get(manifest.kind, naming.SUBDOMAIN)
        yield Named(manifest.root.at("metadata", "name"), own)
    yield Named(manifest.root.at("metadata", "namespace"), naming.LABEL)
    for scope, cursor in scopes(manifest):
        for path, form in _FIELDS.get(scope, ()):
            yield from (Named(at, form) for at in reach(cursor, path))
