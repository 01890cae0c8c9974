# SPDX-License-Identifier: Apache-2.0
"""Names of resources that there are not.

Source: Kubernetes v1.34.4 pkg/apis/core/helper/helpers.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.objects.amounts import budgets
from velaserve_lint.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_OF_CONTAINERS = ("cpu", "memory", "ephemeral-storage")
_OF_QUOTAS = (
    *_OF_CONTAINERS,
    *(f"{part}.{name}" for part in ("requests", "limits") for name in _OF_CONTAINERS),
    *("requests.storage", "pods", "resourcequotas", "services", "replicationcontrollers"),
    *("secrets", "persistentvolumeclaims", "configmaps"),
    *("services.nodeports", "services.loadbalancers"),
)
_HUGE = ("hugepages-", "requests.hugepages-")


class Unknown(NamedTuple):
    """Where it stands, whose resource it is not, and what may be meant."""

    at: Cursor
    owner: str
    near: str


def unknown_resources(manifest: Manifest) -> Iterator[Unknown]:
    """Of containers and quotas; of a vendor's, which have a domain, we cannot know."""
    for budget in budgets(manifest):
        for part in budget:
            yield from _unknown(part, "container", _OF_CONTAINERS)
    if manifest.kind == "ResourceQuota":
        yield from _unknown(manifest.spec.at("hard"), "quota", _OF_QUOTAS)


def _unknown(listed: Cursor, owner: str, known: tuple[str, ...]) -> Iterator[Unknown]:
    for name, at in listed.entries():
        if name not in known and "/" not in name and not name.startswith(_HUGE):
            yield Unknown(at, owner, suggest(name, known) or "")
