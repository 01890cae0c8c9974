# SPDX-License-Identifier: Apache-2.0
"""VS505: a slice with a number of AICores that no card is cut into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.chips import PRODUCT_LABEL
from velaserve_lint.npu.cores import cutting_of
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import VNPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class NpuCores(DemandRule):
    """Where the chip is not known, what any of them is cut into will do.

    Of components it says nothing: their definition refuses the same, and VS142 tells it.
    """

    id = "VS505"
    slug = "npu-cores"
    since = "0.1.0"
    source = "MindCluster 26 component/ascend-for-volcano internal/npu/ascend910/vnpu/job.go"
    title = Text("no such slice of an NPU", "没有这样的 NPU 切片")
    why = Text("Volcano refuses the pods: they wait for ever.", "Volcano 会拒绝，Pod 一直等待。")
    fix = Text("Ask for one of the numbers; label the pods.", "请使用所列数值，并给 Pod 加标签。")
    messages = sentences(
        cores=Text(
            "no slice has {cores} AICores: {chips} gives {parts}, or multiples of {whole}",
            "没有 {cores} 个 AICore 的切片：{chips} 提供 {parts}，或 {whole} 的倍数",
        ),
        unlabelled=Text(
            "the pod has no label {label}: Volcano cannot tell which chip to cut",
            "Pod 缺少标签 {label}：Volcano 无法得知切分哪种芯片",
        ),
    )
    bad = VNPU_DEPLOYMENT.replace("npu-core: 4", "npu-core: 3")
    good = VNPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        users = () if demand.is_component else demand.users
        for npu in (one for of in users for one in of.npus if one.resource.kind == "core"):
            cutting, cores = cutting_of(demand, npu), npu.number
            if cores and not cutting.allows(cores):
                words = {name: _joined(values) for name, values in cutting._asdict().items()}
                yield cls.finding(npu.device.asked.place, "cores", cores=cores, **words)
            if demand.scheduler == "volcano" and PRODUCT_LABEL not in demand.labels:
                yield cls.finding(npu.device.named, "unlabelled", label=PRODUCT_LABEL)


def _joined(values: tuple[object, ...]) -> str:
    return ", ".join(map(str, values))
