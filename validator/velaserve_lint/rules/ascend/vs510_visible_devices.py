# SPDX-License-Identifier: Apache-2.0
"""VS510: ASCEND_VISIBLE_DEVICES says something else than the scheduler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.visible import wrong_with
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT, VISIBLE
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class VisibleDevices(DemandRule):
    """Where devices are asked for; else a value such as void may be meant to give none."""

    id = "VS510"
    slug = "visible-devices"
    since = "0.1.0"
    source = "MindCluster 26 docs: full NPU scheduling, static vNPU scheduling"
    title = Text("NPUs that are not the scheduler's choice", "绕过调度器指定 NPU")
    why = Text(
        "Ascend Docker Runtime mounts the cards that it names: others' ones, or none.",
        "Ascend Docker Runtime 按该变量挂载设备：可能是他人的卡，或者没有卡。",
    )
    fix = Text("Remove it, or refer to the annotation.", "请删除该变量，或引用对应的注解。")
    messages = sentences(
        literal=Text(
            "ASCEND_VISIBLE_DEVICES is '{value}', whatever cards the scheduler chose",
            "ASCEND_VISIBLE_DEVICES 固定为 '{value}'，与调度器分配的卡无关",
        ),
        other=Text(
            "Volcano writes the cards into the annotation {wanted}, this one stays empty",
            "Volcano 把分配的卡写入注解 {wanted}，而这里引用的注解始终为空",
        ),
        slice=Text(
            "ASCEND_VISIBLE_DEVICES does not go with {wanted}, a slice that was cut before",
            "静态切分的 {wanted} 不支持 ASCEND_VISIBLE_DEVICES",
        ),
    )
    bad = but(NPU_DEPLOYMENT, VISIBLE, 'value: "0,1"')
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            if wrong := wrong_with(consumer):
                words = {"value": wrong.at.text, "wanted": wrong.wanted}
                yield cls.finding(wrong.at.place, wrong.message, **words)
