# SPDX-License-Identifier: Apache-2.0
"""Where KubeVela is asked before an object of its own is stored.

Its chart has these as templates with conditions in them; said here are what and how they ask
(charts/vela-core/templates/admission-webhooks).
"""

from collections.abc import Iterator

from ci.cluster.cluster import Object

_GROUP, _VERSION = "core.oam.dev", "v1beta1"
_ASKED = {
    "Mutating": ("applications", "componentdefinitions"),
    "Validating": (
        *("applications", "componentdefinitions", "policydefinitions"),
        *("traitdefinitions", "workflowstepdefinitions"),
    ),
}


def configurations(server: str, authority: str) -> Iterator[Object]:
    """The webhook configurations, called at `server` in place of a Service."""
    for kind, resources in _ASKED.items():
        yield {
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": f"{kind}WebhookConfiguration",
            "metadata": {"name": "kubevela-vela-core-admission"},
            "webhooks": [_webhook(kind.lower(), name, server, authority) for name in resources],
        }


def _webhook(kind: str, resource: str, server: str, authority: str) -> Object:
    path = f"{kind}-{_GROUP.replace('.', '-')}-{_VERSION}-{resource}"
    rule = {
        "apiGroups": [_GROUP],
        "apiVersions": [_VERSION],
        "operations": ["CREATE", "UPDATE"],
        "resources": [resource],
    }
    return {
        "name": f"{kind}.{_GROUP}.{_VERSION}.{resource}",
        "clientConfig": {"url": f"{server}/{path}", "caBundle": authority},
        "rules": [rule],
        "admissionReviewVersions": ["v1beta1", "v1"],
        "failurePolicy": "Fail",
        "sideEffects": "None",
    }
