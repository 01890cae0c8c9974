# SPDX-License-Identifier: Apache-2.0
"""Which chips a pod may get: by the name that it asks for, and by the nodes that it wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.names.accelerator import accelerators
from velaserve_lint.names.ascend import node_types, npu_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Npu

# By it a pod tells Volcano which product to cut.
PRODUCT_LABEL = "ring-controller.atlas"
_CHIP = "node.kubernetes.io/npu.chip.name"
TYPE = "accelerator-type"
PRODUCT = "accelerator"
# Labels that say nothing of the chip; any other may be an administrator's own that does.
_OTHER = frozenset(
    {
        TYPE,
        PRODUCT,
        "host-arch",
        "kubernetes.io/arch",
        "kubernetes.io/os",
        "beta.kubernetes.io/arch",
        "beta.kubernetes.io/os",
        "workerselector",
        "server-usage",
        "ascend",
    }
)


def chips_of(demand: Demand, npu: Npu) -> frozenset[str]:
    """Never none: what the labels contradict is another matter."""
    chips = npu.resource.chips
    product = demand.labels.get(PRODUCT_LABEL)
    if npu.resource.kind == "core" and product:
        chips = _cut_as(product.text) & chips or chips
    for _, named in _selected(demand):
        chips = chips & named or chips
    return chips


def contradicted_by(demand: Demand, npu: Npu) -> Cursor | None:
    """The label of the node selector by which no node can have that chip."""
    return next(
        (at for at, named in _selected(demand) if named.isdisjoint(npu.resource.chips)), None
    )


def is_placed(demand: Demand) -> bool:
    """Whether anything is said of the nodes; what a runtime adds, one cannot see."""
    said = demand.placement
    placed = any(said.at(field).value for field in ("nodeSelector", "tolerations"))
    return placed or bool(said.at("affinity", "nodeAffinity").value) or not demand.is_complete


def _cut_as(product: str) -> frozenset[str]:
    """The chips that Volcano cuts for pods with that label."""
    rows = ((chip, row.npu_core) for chip, row in accelerators().items())
    return frozenset(chip for chip, cores in rows if cores and cores.product == product)


def _selected(demand: Demand) -> Iterator[tuple[Cursor, frozenset[str]]]:
    """Each label of the node selector that names chips, with them."""
    for label, value in demand.node_selector.items():
        if chips := _chips(label, value.text):
            yield value, chips


def is_of_one_chip(demand: Demand, npu: Npu) -> bool:
    """Whether all pods get the same chip, as far as one can see."""
    if not demand.is_complete or demand.placement.at("affinity", "nodeAffinity").mapping:
        return True
    return len(chips_of(demand, npu)) == 1 or bool(demand.node_selector.keys() - _OTHER)


def _chips(label: str, value: str) -> frozenset[str]:
    if label == _CHIP:
        name = "310P" if "310P" in value else value.removeprefix("Ascend")
        return frozenset({name} & accelerators().keys())  # of A3 servers there are other names
    if label == PRODUCT:
        resource = npu_resources().get(f"huawei.com/{value.removeprefix('huawei-')}")
        return resource.chips if resource else frozenset()
    known = node_types().get(value) if label == TYPE else None
    return known.chips if known else frozenset()
