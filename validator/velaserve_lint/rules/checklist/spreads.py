# SPDX-License-Identifier: Apache-2.0
"""What keeps the pods of a workload apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.beside import labels_of
from velaserve_lint.selectors import selector_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod


def spreads(pod: Pod) -> Iterator[Cursor]:
    """The fields that hold apart the pod and others like it."""
    labels = labels_of(pod)
    for term in (*pod.spec.at("topologySpreadConstraints").items(), *_anti_affinities(pod)):
        selector = selector_at(term.at("labelSelector"))
        if selector and selector.selects(labels):
            yield term


def _anti_affinities(pod: Pod) -> Iterator[Cursor]:
    kinds = pod.spec.at("affinity", "podAntiAffinity")
    yield from kinds.at("requiredDuringSchedulingIgnoredDuringExecution").items()
    for wish in kinds.at("preferredDuringSchedulingIgnoredDuringExecution").items():
        yield wish.at("podAffinityTerm")
