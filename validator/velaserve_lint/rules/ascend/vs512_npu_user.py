# SPDX-License-Identifier: Apache-2.0
"""VS512: a user that may not open the devices of the NPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.users import wrong_with
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class NpuUser(DemandRule):
    """What the file says of user, groups and capabilities; images may have a user of their own."""

    id = "VS512"
    slug = "npu-user"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 6"
    title = Text("a user that may not open the NPU", "用户无权访问 NPU 设备")
    why = Text(
        "The devices belong to HwHiAiUser, mostly user and group 1000: mode 0660.",
        "设备属于 HwHiAiUser（通常用户和组均为 1000），权限 0660。",
    )
    fix = Text("Run as 1000, or name the devices' group.", "请以用户 1000 运行，或写明设备的组。")
    messages = sentences(
        stranger=Text(
            "this user is neither HwHiAiUser nor in its group: no NPU is found",
            "该用户既不是 HwHiAiUser，也不在其组内：将找不到 NPU",
        ),
        powerless=Text(
            "root without DAC_OVERRIDE is not in the group of the devices: no NPU is found",
            "root 没有 DAC_OVERRIDE 权能，又不在设备所属的组内：将找不到 NPU",
        ),
        root=Text(
            "the image's user is root, so the container is not started; name runAsUser",
            "镜像的用户是 root，容器不会启动；请写明 runAsUser",
        ),
        slice=Text(
            "MindCluster gives a slice that Volcano cuts to root only: set runAsUser to 0",
            "MindCluster 动态切分的切片只给 root 使用：请将 runAsUser 设为 0",
        ),
    )
    bad = NPU_DEPLOYMENT + "      securityContext: {runAsUser: 65534}\n"
    good = NPU_DEPLOYMENT + "      securityContext: {runAsUser: 1000}\n"

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            if wrong := wrong_with(demand, consumer):
                yield cls.finding(wrong.place, wrong.message)
