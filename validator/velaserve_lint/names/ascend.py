# SPDX-License-Identifier: Apache-2.0
"""The resources by which pods ask for Ascend NPUs, and what Volcano makes of their number."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from velaserve_lint.names.accelerator import accelerators
from velaserve_lint.names.table import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from velaserve_lint.names.accelerator import Accelerator

# Whole cards; cards that HAMi divides; slices that were cut before (MindCluster, static); AICores
# of a slice that is cut when the pod comes (MindCluster, dynamic); MB and percent of HAMi's cards.
Kind: TypeAlias = Literal["cards", "shared", "vnpu", "core", "memory", "percent"]

NPU_CORE = "huawei.com/npu-core"


@dataclass(frozen=True, slots=True)
class Resource:
    """A name that device plugins have, and the chips behind it; `of`: whose MB or percent it is."""

    name: str
    kind: Kind
    chips: frozenset[str]
    of: str = ""


@dataclass(frozen=True, slots=True)
class NodeType:
    """A value of the node label accelerator-type."""

    name: str
    chips: frozenset[str]
    counts: tuple[int, ...]


@functools.cache
def npu_resources() -> Mapping[str, Resource]:
    """Every resource by its name; one name may stand for several chips."""
    found: dict[str, Resource] = {}
    for row in accelerators().values():
        for resource in _of(row) if row.vendor == "ascend" else ():
            other = found.get(resource.name, resource)
            chips = resource.chips | other.chips
            found[resource.name] = Resource(resource.name, other.kind, chips, other.of)
    for name, chips in load("ascend.toml")["cards"].items():
        found[name] = Resource(name, "cards", frozenset(chips))
    return MappingProxyType(found)


def former_resources() -> Mapping[str, Sequence[str]]:
    """Names that no plugin has any more, and the chips that they were for."""
    former: Mapping[str, Sequence[str]] = load("ascend.toml")["former"]
    return former


@functools.cache
def node_types() -> Mapping[str, NodeType]:
    rows = load("ascend.toml")["types"]
    return MappingProxyType(
        {
            name: NodeType(name, frozenset(row["chips"]), tuple(row["counts"]))
            for name, row in rows.items()
        }
    )


def type_of_policy(policy: str) -> NodeType | None:
    """The type that a value of the annotation huawei.com/schedule_policy means."""
    return node_types().get(load("ascend.toml")["policies"].get(policy, ""))


def _of(row: Accelerator) -> Iterator[Resource]:
    chip = frozenset({row.chip})
    yield Resource(row.resource, "cards", chip)
    if row.shared:
        yield Resource(row.shared, "shared", chip)
        yield Resource(row.memory, "memory", chip, row.shared)
        yield Resource(row.cores, "percent", chip, row.shared)
    for name in row.vnpu.values():
        yield Resource(name, "vnpu", chip)
    if row.npu_core:
        yield Resource(NPU_CORE, "core", chip)
