# SPDX-License-Identifier: Apache-2.0
"""Where label selectors stand, and what chooses nodes by their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.rules.objects.scopes import POD, scopes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_AFFINITIES = tuple(
    f"affinity.{kind}.{when}"
    for kind in ("podAffinity", "podAntiAffinity")
    for when in (
        "requiredDuringSchedulingIgnoredDuringExecution[]",
        "preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm",
    )
)
_SPREADING = (*_AFFINITIES, "topologySpreadConstraints[]")
PLACED_BY_LABELS = tuple(f"{path}.labelSelector" for path in _SPREADING)
NODE_TERMS = (
    "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]",
    "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].preference",
)
# The keys of labels of nodes.
NODE_KEYS = (
    *(f"{path}.matchExpressions[].key" for path in NODE_TERMS),
    *(f"{path}.topologyKey" for path in _SPREADING),
)
_PEERS = tuple(
    f"spec.{peers}[].{kind}"
    for peers in ("ingress[].from", "egress[].to")
    for kind in ("podSelector", "namespaceSelector")
)
SELECTORS: Mapping[str, tuple[str, ...]] = {
    "NetworkPolicy": ("spec.podSelector", *_PEERS),
    "StatefulSet": ("spec.selector", "spec.volumeClaimTemplates[].spec.selector"),
    POD: PLACED_BY_LABELS,
} | dict.fromkeys(
    (
        *("DaemonSet", "Deployment", "Job", "PersistentVolumeClaim", "PodDisruptionBudget"),
        *("PodMonitor", "ReplicaSet", "ServiceMonitor"),
    ),
    ("spec.selector",),
)


def selectors(manifest: Manifest) -> Iterator[Cursor]:
    """Each of the form `matchLabels` and `matchExpressions`; it may be missing."""
    for scope, cursor in scopes(manifest):
        for path in SELECTORS.get(scope, ()):
            yield from reach(cursor, path)
