# SPDX-License-Identifier: Apache-2.0
"""VS336: several pods that want one port of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.reach import reach
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod


class SharedHostPort(PodRule):
    """A DaemonSet has one pod a node: there it is what host ports are for."""

    id = "VS336"
    slug = "shared-host-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/configuration/overview"
    title = Text("replicas that share a node's port", "多个副本占用同一主机端口")
    why = Text(
        "Each pod needs a node of its own; a roll-out needs one more, else it waits for ever.",
        "每个 Pod 都需要独占一个节点；滚动更新还需要多一个节点，否则会一直等待。",
    )
    fix = Text("Remove the host port and use a Service.", "请去掉主机端口，改用 Service。")
    messages = sentences(
        port=Text(
            "{replicas} pods want port {port} of their node",
            "{replicas} 个 Pod 都要占用节点的端口 {port}",
        ),
        network=Text(
            "{replicas} pods use their node's network, and its port {port}",
            "{replicas} 个 Pod 使用节点网络，都要占用端口 {port}",
        ),
    )
    bad = but(DEPLOYMENT, "containerPort: 8080}", "containerPort: 8080, hostPort: 8080}")
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        is_host = pod.spec.at("hostNetwork").value is True
        field, message = ("containerPort", "network") if is_host else ("hostPort", "port")
        replicas = pod.replicas.number or 0
        for container in pod.main if replicas > 1 else ():
            for at in reach(container.at, f"ports[].{field}"):
                if at.number:
                    yield cls.finding(at.place, message, replicas=replicas, port=at.number)
