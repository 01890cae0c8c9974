# SPDX-License-Identifier: Apache-2.0
"""SEC-008: nothing of the node's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed
from velaserve_lint.finding import Severity
from velaserve_lint.rules.checklist.node import taken_from_the_node
from velaserve_lint.rules.example_production import PRODUCTION, WITH_FOLDER
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class NothingOfTheNode(ChecklistItem):
    """What the baseline standard forbids of volumes and ports."""

    id = "SEC-008"
    slug = "nothing-of-the-node"
    severity = Severity.INFO
    weight = 4
    since = "0.1.0"
    source = "Pod Security Standards, baseline: HostPath Volumes, Host Ports"
    title = Text("pods take no folder and no port of the node", "Pod 不占用节点的目录和端口")
    why = Text(
        "A folder of the node lets a pod change the node, and holds other data on each; a port of "
        "the node keeps two pods off one node and leads past network policies. What counts: no "
        "hostPath volume and no hostPort.",
        "节点目录让 Pod 能够改动节点，且各节点数据不同；节点端口使两个 Pod 无法同处一个节点，并绕过"
        "网络策略。没有 hostPath 卷和 hostPort 才算通过。",
    )
    fix = Text(
        "Use a PersistentVolumeClaim, and a Service; devices come by their device plugin.",
        "使用 PersistentVolumeClaim 和 Service；设备由设备插件提供。",
    )
    messages = sentences(
        volume=Text("volume '{what}' is a folder of the node", "卷 '{what}' 是节点上的目录"),
        port=Text("port {what} of the node is taken", "占用了节点的端口 {what}"),
        also=ALSO,
    )
    bad = WITH_FOLDER
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:  # noqa: ARG003
        taken = list(taken_from_the_node(pod))
        for at, message, what in taken:
            yield failed(at, message, what=what)
        if not taken:
            yield passed(pod.spec.key)
