# SPDX-License-Identifier: Apache-2.0
"""VS518: a model that was compiled for one chip, on nodes that may have another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.chips import chips_of, is_of_one_chip, is_placed
from velaserve_lint.npu.offline import offline_model
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT, in_container
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_OM = in_container(NPU_DEPLOYMENT, "          args: [--model, resnet.om]\n")


class OfflineModelChip(DemandRule):
    """Where nothing at all is said of nodes, VS509 says so."""

    id = "VS518"
    slug = "offline-model-chip"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 3: ATC, --soc_version"
    title = Text("an offline model on any chip", "离线模型未限定芯片")
    why = Text(
        "ATC compiles for one --soc_version: on another chip the model does not load.",
        "ATC 按 --soc_version 编译：在其他芯片上无法加载。",
    )
    fix = Text(
        "Select the chip: node.kubernetes.io/npu.chip.name, such as 910B4.",
        "请用 node.kubernetes.io/npu.chip.name 选择芯片，例如 910B4。",
    )
    messages = sentences(
        any=Text(
            "an offline model is compiled for one chip, but the nodes may have {chips}",
            "离线模型只适用于一种芯片，而所选节点可能是 {chips}",
        ),
        device=Text("the NPUs", "NPU 在此请求"),
    )
    bad = _OM
    good = but(_OM, "accelerator-type: module-910b-8", "node.kubernetes.io/npu.chip.name: 910B4")

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        npu = next((one for of in demand.users for one in of.npus), None)
        model = offline_model(demand)
        if npu and model and is_placed(demand) and not is_of_one_chip(demand, npu):
            chips = ", ".join(sorted(chips_of(demand, npu)))
            yield cls.finding(model.place, "any", chips=chips).beside(npu.device.named, "device")
