# SPDX-License-Identifier: Apache-2.0
"""VS511: a pod that takes NPUs, or all devices of the node, by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_DAVINCI = "/dev/davinci"


class RawDevice(DemandRule):
    """Device plugins and exporters are privileged, too, but ask for no NPU."""

    id = "VS511"
    slug = "raw-device"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 4"
    title = Text("NPUs past the device plugin", "绕过设备插件使用 NPU")
    why = Text(
        "The container sees all cards of the node, those of other pods too; a card has one user.",
        "容器能看到节点上所有卡，包括其他 Pod 的；一张卡只能有一个使用者。",
    )
    fix = Text("Remove it: the device plugin mounts the cards.", "请删除：设备插件会挂载分配的卡。")
    messages = sentences(
        privileged=Text(
            "a privileged container sees every NPU of the node, not only its own",
            "特权容器可访问节点上的所有 NPU，而不只是分配给它的",
        ),
        mounted=Text(
            "{path} is mounted from the node, whether or not another pod has that NPU",
            "从节点挂载了 {path}，无论该 NPU 是否已分配给其他 Pod",
        ),
    )
    bad = NPU_DEPLOYMENT + ("          securityContext: {privileged: true}\n")
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            privileged = consumer.at.at("securityContext", "privileged")
            if privileged.value is True:
                yield cls.finding(privileged.place, "privileged")
        for volume in demand.volumes.items():
            path = volume.at("hostPath", "path")
            if path.text.startswith(_DAVINCI):
                yield cls.finding(path.place, "mounted", path=path.text)
