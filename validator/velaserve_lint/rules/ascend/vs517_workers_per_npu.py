# SPDX-License-Identifier: Apache-2.0
"""VS517: more server processes than NPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.workers import workers_of
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT, in_container
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_WORKERS = '          args: [serve, "--workers={number}"]\n'


class WorkersPerNpu(DemandRule):
    """Of whole cards; a part of one holds one process still less."""

    id = "VS517"
    slug = "workers-per-npu"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 4"
    title = Text("several processes on one NPU", "多个进程共用一个 NPU")
    why = Text(
        "Each process loads a copy of the model of its own, and compiles it.",
        "每个进程都会加载并编译一份模型。",
    )
    fix = Text(
        "Run one process for each NPU and more pods, or more NPUs.",
        "每个 NPU 运行一个进程，增加 Pod 或 NPU 数量。",
    )
    messages = sentences(
        workers=Text(
            "{workers} processes share {npus} of {device}: each loads the model anew",
            "{workers} 个进程共用 {npus} 个 {device}：每个进程都会重新加载模型",
        ),
    )
    bad = in_container(NPU_DEPLOYMENT, _WORKERS.format(number=4))
    good = in_container(NPU_DEPLOYMENT, _WORKERS.format(number=2))

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            npu, workers = consumer.npus[0], workers_of(consumer)
            npus = 1 if npu not in consumer.cards else npu.number
            if workers and npus and workers.number > npus:
                words = {"workers": workers.number, "npus": npus}
                yield cls.finding(workers.at.place, "workers", device=npu.name, **words)
