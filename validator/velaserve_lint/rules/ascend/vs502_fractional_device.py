# SPDX-License-Identifier: Apache-2.0
"""VS502: a number of devices that is no whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import NANO, nanos, suffix_of
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_MOST_CARDS = 64


class FractionalDevice(DemandRule):
    """Of any vendor's. A suffix counts no cards, though Kubernetes takes it: 2000m is 2."""

    id = "VS502"
    slug = "fractional-device"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("no whole number of devices", "设备数量不是整数")
    why = Text(
        "The API server refuses the pods, or no node has so many.",
        "API server 会拒绝这些 Pod，或没有节点有这么多设备。",
    )
    fix = Text("Write a whole number; parts have other names.", "请写整数；切片另有资源名。")
    messages = sentences(
        invalid=Text("{device}: '{value}' is no number", "{device}：'{value}' 不是数字"),
        part=Text(
            "{device} must be a whole number of 0 or more, found {value}",
            "{device} 必须是不小于 0 的整数，实为 {value}",
        ),
        scaled=Text(
            "{device}: '{value}' means {number}; write the number of cards",
            "{device}：'{value}' 表示 {number}；请直接写卡数",
        ),
    )
    bad = NPU_DEPLOYMENT.replace("Ascend910: 2", "Ascend910: 0.5")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for device in (one for of in demand.consumers for one in of.devices):
            for at in device.amounts:
                number, said = nanos(at.value), {"device": device.name, "value": str(at.value)}
                if number is None:
                    yield cls.finding(at.place, "invalid", **said)
                elif number < 0 or number % NANO:
                    yield cls.finding(at.place, "part", **said)
                elif suffix_of(at.value) and device.is_card:
                    find = cls.finding if number > _MOST_CARDS * NANO else cls.warning
                    yield find(at.place, "scaled", number=number // NANO, **said)
