# SPDX-License-Identifier: Apache-2.0
"""VS506: a part of a card that HAMi takes for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu import hami
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import HAMI_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class HamiPart(DemandRule):
    """Of HAMi's Ascend resources only."""

    id = "VS506"
    slug = "hami-part"
    since = "0.1.0"
    source = "Project-HAMi/ascend-device-plugin docs/hami.md"
    title = Text("a part of a card that HAMi misunderstands", "HAMi 无法正确理解的切片")
    why = Text("The pods are refused or wait for ever.", "Pod 会被拒绝或一直等待。")
    fix = Text(
        "Give memory in MB, percents up to 100 with the annotation, and a number of cards.",
        "内存以 MB 为单位，百分比不超过 100 并加上注解，同时写明卡数。",
    )
    messages = sentences(
        bytes=Text(
            "{device} is in MB: '{value}' of them are more than any card has",
            "{device} 的单位是 MB：'{value}' 超过任何卡的内存",
        ),
        percent=Text(
            "{device} is a percentage of a card: {value} is above 100",
            "{device} 是单卡百分比：{value} 大于 100",
        ),
        mode=Text("{device} goes with the annotation {mode}", "{device} 需要配合注解 {mode}"),
        alone=Text(
            "{device} without {card}: nothing says how many cards",
            "只有 {device} 而没有 {card}：未说明卡数",
        ),
    )
    bad = HAMI_DEPLOYMENT.replace("memory: 16384", "memory: 16Gi")
    good = HAMI_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for npu, wrong in ((npu, hami.wrong_with(demand, npu)) for npu in hami.parts_of(demand)):
            device, at = npu.device, npu.device.asked
            words = {"device": npu.name, "value": str(at.value), "card": npu.resource.of}
            for message in wrong:
                place = at.place if message in ("bytes", "percent") else device.named
                yield cls.finding(place, message, mode=f"{hami.MODE}: {hami.CORE}", **words)
