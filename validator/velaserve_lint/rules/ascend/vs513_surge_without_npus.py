# SPDX-License-Identifier: Apache-2.0
"""VS513: an update that starts new pods before the old ones have given back their NPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.rollout import waiting_surge
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class SurgeWithoutNpus(DemandRule):
    """Of whole cards. Of one pod without a strategy only where it has a node's cards."""

    id = "VS513"
    slug = "surge-without-npus"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/controller/deployment/util/deployment_util.go"
    title = Text("an update that needs spare NPUs", "更新需要空闲的 NPU")
    why = Text(
        "Where no cards are spare, the new pods wait for those of the old ones, which do not end.",
        "没有空闲卡时，新 Pod 等待旧 Pod 的卡，而旧 Pod 不会结束。",
    )
    fix = Text(
        "Set maxSurge: 0 and maxUnavailable: 1, or keep as many cards spare.",
        "请设置 maxSurge: 0 和 maxUnavailable: 1，或预留相应的卡。",
    )
    messages = sentences(
        said=Text(
            "no old pod ends before new ones run ({pods}), which takes {cards} spare {device}",
            "新 Pod（{pods} 个）运行之前不会结束旧 Pod：需要 {cards} 个空闲的 {device}",
        ),
        default=Text(
            "by default no old pod ends before new ones run ({pods}): {cards} spare {device}",
            "默认在新 Pod（{pods} 个）运行之前不会结束旧 Pod：需要 {cards} 个空闲的 {device}",
        ),
    )
    bad = but(NPU_DEPLOYMENT, "maxSurge: 0, maxUnavailable: 1", "maxSurge: 1, maxUnavailable: 0")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        if surge := waiting_surge(demand):
            message = "said" if surge.is_said else "default"
            cards = surge.pods * (surge.device.number or 1)
            numbers = {"pods": surge.pods, "cards": cards}
            yield cls.finding(surge.place, message, device=surge.device.name, **numbers)
