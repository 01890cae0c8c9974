# SPDX-License-Identifier: Apache-2.0
"""VS507: a number of NPUs that the kind of node does not give out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.counts import broken_limit
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class NpuCount(DemandRule):
    """An error where the pods say which nodes: accelerator-type, or huawei.com/schedule_policy."""

    id = "VS507"
    slug = "npu-count"
    since = "0.1.0"
    source = "MindCluster 26 component/ascend-for-volcano internal/npu/factory.go"
    title = Text("a number of NPUs that is never given", "不会被分配的 NPU 数量")
    why = Text(
        "Cards are wired in groups, and Volcano keeps to them: the pods wait for ever.",
        "卡按组互连，Volcano 只按组分配：Pod 会一直等待。",
    )
    fix = Text(
        "Ask for one of the numbers, or select the nodes that you have by accelerator-type.",
        "请改用所列数值之一，或用 accelerator-type 选择实际的节点类型。",
    )
    messages = sentences(
        said=Text(
            "{count} of {device}: nodes of accelerator-type {type} give {counts}",
            "请求了 {count} 个 {device}：accelerator-type 为 {type} 的节点只分配 {counts}",
        ),
        default=Text(
            "{count} of {device}: without accelerator-type that means {type}, which gives {counts}",
            "请求了 {count} 个 {device}：未写 accelerator-type 时按 {type} 处理，只分配 {counts}",
        ),
    )
    bad = but(NPU_DEPLOYMENT, "module-910b-8", "module").replace("Ascend910: 2", "Ascend910: 3")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for npu in (one for of in demand.users for one in of.npus):
            if limit := broken_limit(demand, npu):
                words = {"device": npu.name, "type": limit.type.name, "count": str(npu.number)}
                counts = ", ".join(map(str, limit.type.counts))
                find = cls.finding if limit.is_said else cls.warning
                message = "said" if limit.is_said else "default"
                yield find(npu.device.asked.place, message, counts=counts, **words)
