# SPDX-License-Identifier: Apache-2.0
"""VS519: an NPU, but no CPU or memory for the work around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Consumer, Demand

_NAMES = {"cpu": Text("CPUs", "CPU"), "memory": Text("memory", "内存")}
_BOTH = Text("CPUs or memory", "CPU 和内存")


class NpuHostResources(DemandRule):
    """Where neither a request nor a limit says anything of them."""

    id = "VS519"
    slug = "npu-host-resources"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 4"
    title = Text("nothing is reserved beside the NPU", "NPU 之外没有预留资源")
    why = Text(
        "The host prepares each run and holds pinned memory: starved, it leaves the NPU idle.",
        "主机负责每次执行的准备并占用锁页内存：资源不足时 NPU 会空闲。",
    )
    fix = Text("Request CPUs for each card, and memory.", "请为每张卡申请若干 CPU，并申请内存。")
    messages = sentences(
        missing=Text("{device}, but no {what} beside it", "请求了 {device}，但没有申请：{what}"),
    )
    bad = NPU_DEPLOYMENT.replace('cpu: "4", memory: 16Gi, ', "").replace(
        'cpu: "8", memory: 16Gi, ', ""
    )
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users if demand.is_complete else ():
            if missing := [name for name in _NAMES if not _has(consumer, name)]:
                what = _BOTH if len(missing) == len(_NAMES) else _NAMES[missing[0]]
                device = consumer.npus[0].device
                yield cls.finding(device.named, "missing", device=device.name, what=what)


def _has(consumer: Consumer, name: str) -> bool:
    resources = consumer.at.at("resources")
    return any(name in resources.at(side).mapping for side in ("requests", "limits"))
