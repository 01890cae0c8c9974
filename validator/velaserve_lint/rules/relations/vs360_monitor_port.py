# SPDX-License-Identifier: Apache-2.0
"""VS360: a ServiceMonitor or PodMonitor scrapes a port that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.examples import MONITOR, SERVICE, together
from velaserve_lint.rules.relations.ports import lacking, ports_of_pods, ports_of_services
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class MonitorPort(RunRule):
    """A ServiceMonitor names ports of Services, a PodMonitor those of containers."""

    id = "VS360"
    slug = "monitor-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "prometheus-operator v0.86 Documentation/api-reference/api.md"
    title = Text("a monitor of a port that does not exist", "监控的端口不存在")
    why = Text(
        "Prometheus has no target, and says nothing about it.",
        "Prometheus 没有抓取目标，也不会提示。",
    )
    fix = Text("Use the name of a port, not its number.", "请使用端口的名称，而不是端口号。")
    messages = sentences(
        absent=Text(
            "{kind} '{name}' scrapes port '{port}', but what it selects has: {ports}",
            "{kind} '{name}' 抓取端口 '{port}'，但其所选对象只有：{ports}",
        ),
        ports=Text("the ports", "端口在此"),
    )
    bad = together(DEPLOYMENT, SERVICE, but(MONITOR, "port: http", "port: metrics"))
    good = together(DEPLOYMENT, SERVICE, MONITOR)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in selecting(run, "PodMonitor", "ServiceMonitor"):
            kind, name, spec = one.manifest.kind, one.manifest.name, one.manifest.spec
            if kind == "PodMonitor":
                found, field = ports_of_pods(run, one.pods), "podMetricsEndpoints"
            else:
                found = ports_of_services(run, [service.thing for service in one.services])
                field = "endpoints"
            for port in (endpoint.at("port") for endpoint in spec.at(field).items()):
                if ports := lacking(port, found):
                    said = {"kind": kind, "name": name, "port": port.text, "ports": ports.said}
                    yield cls.finding(port.place, "absent", **said).beside(ports.place, "ports")
