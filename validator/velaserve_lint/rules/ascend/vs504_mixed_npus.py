# SPDX-License-Identifier: Apache-2.0
"""VS504: one container asks for NPUs under several names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Npu


class MixedNpus(DemandRule):
    """What HAMi has for the MB and percents of a card belongs to the card."""

    id = "VS504"
    slug = "mixed-npus"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "MindCluster 26 component/ascend-common; Project-HAMi/ascend-device-plugin"
    title = Text("NPUs under several names", "同一容器使用多种 NPU 资源名")
    why = Text(
        "Each plugin, and each way of cutting cards, has names of its own: a node has one of them.",
        "每种插件、每种切分方式都有自己的资源名：一个节点只提供其中一种，Pod 会一直等待。",
    )
    fix = Text("Keep the one that your nodes have.", "只保留节点提供的那一种。")
    messages = sentences(
        mixed=Text(
            "{device} beside {other}: a node has only one of them",
            "同时请求 {device} 和 {other}：节点只提供其中一种",
        ),
        other=Text("the other name", "另一个名称"),
    )
    bad = NPU_DEPLOYMENT.replace("Ascend910: 2}", "Ascend910: 2, huawei.com/Ascend910B4: 2}")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            cards: dict[str, Npu] = {}
            for npu in consumer.npus:
                cards.setdefault(npu.resource.of or npu.name, npu)
            first, *others = cards.values()
            for npu in others:
                found = cls.finding(npu.device.named, "mixed", device=npu.name, other=first.name)
                yield found.beside(first.device.named, "other")
