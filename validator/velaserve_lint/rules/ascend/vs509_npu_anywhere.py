# SPDX-License-Identifier: Apache-2.0
"""VS509: pods with an NPU that do not say on which nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.chips import chips_of, contradicted_by, is_placed
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT, SELECTOR
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class NpuAnywhere(DemandRule):
    """Where the name of the resource stands for one chip, it says enough."""

    id = "VS509"
    slug = "npu-anywhere"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 4"
    title = Text("an NPU on any node", "未指定 NPU 节点")
    why = Text("Images and models are made for one chip.", "镜像和编译后的模型只适用于一种芯片。")
    fix = Text("Select nodes by a label: accelerator-type.", "请选择节点，例如 accelerator-type。")
    messages = sentences(
        anywhere=Text(
            "{device} may be {chips}: neither nodeSelector, affinity nor tolerations say which",
            "{device} 可能是 {chips}：nodeSelector、affinity、tolerations 均未指定",
        ),
        contradicted=Text(
            "nodes with {device} have {chips}, those selected by '{value}' have not",
            "提供 {device} 的节点是 {chips}，而 '{value}' 选择的不是",
        ),
        device=Text("the device", "设备在此"),
    )
    bad = but(NPU_DEPLOYMENT, SELECTOR, "")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for npu in (one for of in demand.users for one in of.npus if not one.resource.of):
            chips = ", ".join(sorted(npu.resource.chips))
            if label := contradicted_by(demand, npu):
                words = {"device": npu.name, "chips": chips, "value": label.text}
                found = cls.finding(label.place, "contradicted", **words)
                yield found.beside(npu.device.named, "device")
            elif len(chips_of(demand, npu)) > 1 and not is_placed(demand):
                yield cls.finding(npu.device.named, "anywhere", device=npu.name, chips=chips)
