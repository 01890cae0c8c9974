# SPDX-License-Identifier: Apache-2.0
"""VS358: a Service sends to a port that its pods do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.certainty import info_if
from velaserve_lint.rules.relations.examples import SERVICE, together
from velaserve_lint.rules.relations.ports import lacking, ports_of_pods
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class ServiceTargetPort(RunRule):
    """An info for a number that is written: a port may be open without being said."""

    id = "VS358"
    slug = "service-target-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/api/v1/pod/util.go, FindPort"
    title = Text("a Service sends to a port that its pods do not have", "Service 的目标端口不存在")
    why = Text(
        "Connections are refused, or the port has no endpoints.", "连接会被拒绝，或该端口没有端点。"
    )
    fix = Text("Let targetPort be a port of the container.", "请让 targetPort 指向容器的某个端口。")
    messages = sentences(
        absent=Text(
            "Service '{name}' sends to port {port}, but its pods declare: {ports}",
            "Service '{name}' 转发到端口 {port}，但其 Pod 声明的是：{ports}",
        ),
        ports=Text("ports of the pods", "Pod 的端口"),
    )
    bad = together(DEPLOYMENT, but(SERVICE, ", targetPort: http", ""))
    good = together(DEPLOYMENT, SERVICE)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in selecting(run, "Service"):
            pods = ports_of_pods(run, one.pods)
            for port in one.manifest.spec.at("ports").items():
                target = port.at("targetPort" if "targetPort" in port.mapping else "port")
                if ports := lacking(target, pods):
                    said = {"port": str(target.value), "ports": ports.said}
                    finding = cls.finding(target.place, "absent", name=one.manifest.name, **said)
                    is_written = target.number is not None and "targetPort" in port.mapping
                    yield info_if(is_written, finding.beside(ports.place, "ports"))
