# SPDX-License-Identifier: Apache-2.0
"""How many whole cards Volcano gives a pod: their wiring decides, and so the kind of node."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.names.ascend import node_types, type_of_policy
from velaserve_lint.npu.chips import TYPE, chips_of

if TYPE_CHECKING:
    from velaserve_lint.names.ascend import NodeType
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Npu

_CARDS = "huawei.com/Ascend910"
_POLICY = "huawei.com/schedule_policy"
_SUPER_POD = "sp-block"
_DEFAULT = "module"
_MOST = 16


class Limit(NamedTuple):
    """The kind of node, and whether the pods say that they want it."""

    type: NodeType
    is_said: bool


def broken_limit(demand: Demand, npu: Npu) -> Limit | None:
    """What the number of cards contradicts; None where it may well be given."""
    limit, count = _limit(demand, npu), npu.number
    if not count or limit is None or count in limit.type.counts:
        return None
    if limit.is_said or demand.scheduler == "volcano" or count > _MOST:
        return limit
    # Other schedulers know nothing of the wiring, but half a ring of a 910A computes nothing.
    return limit if count < max(limit.type.counts) and _may_be(limit.type, demand, npu) else None


def _limit(demand: Demand, npu: Npu) -> Limit | None:
    if npu.name != _CARDS or demand.is_soft_shared:
        return None
    if policy := demand.annotations.get(_POLICY):
        found = type_of_policy(policy.text)
    elif selected := demand.node_selector.get(TYPE):
        found = node_types().get(selected.text)
    elif _SUPER_POD in demand.annotations:
        found = node_types()["module-a3-16-super-pod"]
    else:
        return Limit(node_types()[_DEFAULT], is_said=False) if demand.is_complete else None
    return Limit(found, is_said=True) if found else None


def _may_be(node_type: NodeType, demand: Demand, npu: Npu) -> bool:
    chips = {npu.device.chip} if npu.device.chip else chips_of(demand, npu)
    return not chips.isdisjoint(node_type.chips)
