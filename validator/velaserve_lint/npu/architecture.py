# SPDX-License-Identifier: Apache-2.0
"""Which processors an image is for, and which ones nodes have: as far as their names say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Demand

Architecture: TypeAlias = Literal["arm64", "amd64"]

# MindCluster's label of nodes, and its only values.
HOST = "host-arch"
HOSTS: dict[str, Architecture] = {"huawei-arm": "arm64", "huawei-x86": "amd64"}
_KUBERNETES: dict[str, Architecture] = {"arm64": "arm64", "amd64": "amd64"}
_LABELS = {HOST: HOSTS, "kubernetes.io/arch": _KUBERNETES, "beta.kubernetes.io/arch": _KUBERNETES}
_NAMES: dict[Architecture, re.Pattern[str]] = {
    "arm64": re.compile(r"(?<![a-z0-9])(arm64(v8)?|aarch64)(?![a-z0-9])"),
    "amd64": re.compile(r"(?<![a-z0-9])(amd64|x86([-_]64)?)(?![a-z0-9])"),
}


def of_image(image: str) -> Architecture | None:
    """The one that the name or the tag names; None where it names none, or both."""
    name = image.partition("@")[0].lower()
    found = [each for each, pattern in _NAMES.items() if pattern.search(name)]
    return found[0] if len(found) == 1 else None


def of_nodes(demand: Demand) -> tuple[Architecture, Cursor] | None:
    """The one that the node selector names, and where."""
    for label, values in _LABELS.items():
        selected = demand.node_selector.get(label)
        if selected and (found := values.get(selected.text)):
            return found, selected
    return None


def may_be_any(demand: Demand) -> bool:
    """Whether nothing is said of the nodes that could concern their processors."""
    affinity = demand.placement.at("affinity", "nodeAffinity").mapping
    return demand.is_complete and not affinity and demand.node_selector.keys().isdisjoint(_LABELS)
