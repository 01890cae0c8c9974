# SPDX-License-Identifier: Apache-2.0
"""VS503: a name that no device plugin has for an NPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.naming import doubt_of
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class UnknownNpu(DemandRule):
    """An error where it is almost one of those that MindCluster, HAMi and Huawei Cloud have."""

    id = "VS503"
    slug = "unknown-npu"
    since = "0.1.0"
    source = "MindCluster 26 component/ascend-common; Project-HAMi/ascend-device-plugin"
    title = Text("an unknown name of an NPU", "未知的 NPU 资源名")
    why = Text("No node has it: the pods wait for ever.", "没有节点提供该资源，Pod 会一直等待。")
    fix = Text(
        "Use the name that `kubectl describe node` shows under Allocatable.",
        "请使用 `kubectl describe node` 的 Allocatable 中的名称。",
    )
    messages = sentences(
        slip=Text(
            "no device plugin has {device}; did you mean {near}?",
            "没有设备插件提供 {device}；是否指 {near}？",
        ),
        former=Text(
            "{device} is a name of older versions of HAMi; now there are {near}",
            "{device} 是旧版 HAMi 的名称；现为 {near}",
        ),
        unknown=Text(
            "no device plugin that we know has {device}; one that exists is {near}",
            "已知的设备插件均不提供 {device}；现有的例如 {near}",
        ),
    )
    bad = NPU_DEPLOYMENT.replace("Ascend910: 2", "Ascend910b: 2")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for device in (one for of in demand.consumers for one in of.devices):
            if doubt := doubt_of(device.name):
                find = cls.finding if doubt.kind == "slip" else cls.warning
                yield find(device.named, doubt.kind, device=device.name, near=doubt.near)
