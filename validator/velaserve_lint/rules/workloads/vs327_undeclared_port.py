# SPDX-License-Identifier: Apache-2.0
"""VS327: a probe of a port beside those that the container declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.handlers import asked_ports, port_numbers
from velaserve_lint.rules.workloads.whole import is_whole
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod


class UndeclaredPort(PodRule):
    """Only where the container declares ports at all: it need not."""

    id = "VS327"
    slug = "undeclared-port"
    severity = Severity.INFO
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/workloads/pods/probes"
    title = Text("a probe of an undeclared port", "探针使用了未声明的端口")
    why = Text(
        "It works where the program listens there; often one of two numbers was changed.",
        "如果程序监听该端口则可用；但往往是两处编号只改了一处。",
    )
    fix = Text("Declare the port, or mend its number.", "请声明该端口，或修正编号。")
    messages = sentences(
        undeclared=Text(
            "port {port} is not among the container's ports: {declared}",
            "端口 {port} 不在容器声明的端口中：{declared}",
        ),
    )
    bad = but(DEPLOYMENT, "/v2/health/live, port: http", "/v2/health/live, port: 8081")
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        for container in pod.containers if is_whole(pod) else ():
            known = port_numbers(container)
            for at in asked_ports(container) if known else ():
                if at.number is not None and at.number not in known:
                    declared = ", ".join(map(str, sorted(known)))
                    yield cls.finding(at.place, "undeclared", port=at.number, declared=declared)
