# SPDX-License-Identifier: Apache-2.0
"""SEC-003: containers with no more rights than a plain process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.checklist.powers import powers
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class LeastPrivilege(ContainerItem):
    """All that the restricted standard asks for beside the user and the volumes."""

    id = "SEC-003"
    slug = "least-privilege"
    weight = 8
    with_initial = True
    since = "0.1.0"
    source = "Pod Security Standards, restricted"
    title = Text("containers have the least privilege", "容器只有最小权限")
    why = Text(
        "A server needs none of the kernel's powers. What counts: allowPrivilegeEscalation false, "
        "all capabilities dropped and none added but NET_BIND_SERVICE, a seccomp profile, not "
        "privileged, and none of the node's namespaces (hostNetwork, hostPID, hostIPC).",
        "服务器不需要任何内核特权。通过条件：allowPrivilegeEscalation 为 false，丢弃全部 "
        "capabilities 且除 NET_BIND_SERVICE 外不添加，设置 seccomp 配置，非 privileged，"
        "且不使用节点的命名空间（hostNetwork、hostPID、hostIPC）。",
    )
    fix = Text(
        "Write the securityContext of the good example, or add the trait hardening.",
        "按正确示例书写 securityContext，或添加 trait hardening。",
    )
    messages = sentences(
        more=Text(
            "container '{name}' may do more than it needs; expected {fields}",
            "容器 '{name}' 的权限超出所需；应为 {fields}",
        ),
        also=ALSO,
    )
    bad = changed("            capabilities: {drop: [ALL]}\n", "")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        found = list(powers(pod, container))
        if not found:
            return passed(container.at.at("securityContext").key)
        written = (one.at.place for one in found if one.at.value is not None)
        place = next(written, container.at.key)
        fields = ", ".join(one.expected for one in found)
        return failed(place, "more", name=called(pod, container), fields=fields)
