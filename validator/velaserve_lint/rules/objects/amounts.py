# SPDX-License-Identifier: Apache-2.0
"""The quantities of an object, but for accelerators: those have rules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.pods import pods_of
from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod

_CLAIMS = {
    "PersistentVolumeClaim": "spec.resources",
    "StatefulSet": "spec.volumeClaimTemplates[].spec.resources",
}


class Amount(NamedTuple):
    """A quantity of a resource: of `memory` also in `limits.memory` of a quota."""

    resource: str
    at: Cursor


class Budget(NamedTuple):
    """What is requested and what is the limit, in one place."""

    requests: Cursor
    limits: Cursor


def amounts(manifest: Manifest) -> Iterator[Amount]:
    """All of them; a value may be missing, or no quantity."""
    for budget in (*budgets(manifest), *claims(manifest)):
        for part in budget:
            yield from _listed(part)
    for pod in pods_of(manifest):
        yield from _listed(pod.spec.at("overhead"))
        yield from (
            Amount("sizeLimit", one) for one in reach(pod.spec, "volumes[].emptyDir.sizeLimit")
        )
    if manifest.kind == "ResourceQuota":
        yield from _listed(manifest.spec.at("hard"))
    if manifest.kind == "HorizontalPodAutoscaler":
        yield from (
            Amount("value", one) for one in reach(manifest.spec, "metrics[].*.target.value")
        )
        for cursor in reach(manifest.spec, "metrics[].*.target.averageValue"):
            yield Amount("averageValue", cursor)


def budgets(manifest: Manifest) -> Iterator[Budget]:
    """Those of pods and containers."""
    for pod in pods_of(manifest):
        yield _budget(pod.spec.at("resources"))
        for container in pod.containers:
            yield Budget(container.requests, container.limits)


def claims(manifest: Manifest) -> Iterator[Budget]:
    """Those of volumes."""
    for pod in pods_of(manifest):
        yield from _ephemeral(pod)
    if path := _CLAIMS.get(manifest.kind):
        yield from map(_budget, reach(manifest.root, path))


def _ephemeral(pod: Pod) -> Iterator[Budget]:
    path = "volumes[].ephemeral.volumeClaimTemplate.spec.resources"
    yield from map(_budget, reach(pod.spec, path))


def _budget(cursor: Cursor) -> Budget:
    return Budget(cursor.at("requests"), cursor.at("limits"))


def _listed(cursor: Cursor) -> Iterator[Amount]:
    for name, value in cursor.entries():
        if "/" not in name and not has_placeholder(value.text):
            yield Amount(name.rpartition(".")[2], value)
