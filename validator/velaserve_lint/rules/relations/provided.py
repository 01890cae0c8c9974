# SPDX-License-Identifier: Apache-2.0
"""Names that a cluster has by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.index import Index
    from velaserve_lint.references.reference import Reference

# Kubernetes v1.34: pkg/controller (serviceaccount, rootcacertpublisher), bootstrap policy of RBAC,
# system priority classes; OpenShift's counterparts; runtimes that KServe and we bring.
_PROVIDED = {
    "ClusterRole": re.compile("cluster-admin|admin|edit|view|system:.*"),
    "ClusterServingRuntime": re.compile("kserve-.*"),
    "ConfigMap": re.compile("kube-root-ca.crt|openshift-service-ca.crt"),
    "PriorityClass": re.compile("system-(cluster|node)-critical"),
    "Role": re.compile("extension-apiserver-authentication-reader|system:.*"),
    "Service": re.compile("kubernetes"),
    "ServiceAccount": re.compile("default"),
}
# What KubeVela makes of components and their traits, and KServe of InferenceServices.
_MADE = frozenset(
    {
        *("CronJob", "DaemonSet", "Deployment", "InferenceService", "Job"),
        *("PersistentVolumeClaim", "Service", "StatefulSet"),
    }
)


def is_provided(reference: Reference) -> bool:
    """Whether the object needs no manifest."""
    if "ClusterServingRuntime" in reference.kinds:
        from velaserve_lint.names.serving import runtime  # reads a table

        if reference.name in runtime().names:
            return True
    return any(
        pattern.fullmatch(reference.name)
        for kind in reference.kinds
        if (pattern := _PROVIDED.get(kind))
    )


def is_made(reference: Reference, index: Index) -> bool:
    """Whether something of the run makes it: its name is theirs or begins with it."""
    if not _MADE.intersection(reference.kinds):
        return False
    parts = reference.name.split("-")
    names = ("-".join(parts[:count]) for count in range(1, len(parts) + 1))
    return any(name in index.makers for name in names)
