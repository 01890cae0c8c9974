# SPDX-License-Identifier: Apache-2.0
"""VS359: a route leads to a port that the Service does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.examples import INGRESS, SERVICE, together
from velaserve_lint.rules.relations.ports import lacking, ports_of_services
from velaserve_lint.rules.relations.routes import routes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class RoutePort(RunRule):
    """Of an Ingress by name or number, of the Gateway API by number."""

    id = "VS359"
    slug = "route-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Ingress; Gateway API v1.4 BackendRef"
    title = Text(
        "a route to a port that the Service does not have", "路由的端口在 Service 中不存在"
    )
    why = Text("Requests are answered with 500 or 503.", "请求会得到 500 或 503。")
    fix = Text(
        "Use a port of the Service, not one of its pods.",
        "请使用 Service 的端口，而不是 Pod 的端口。",
    )
    messages = sentences(
        absent=Text(
            "Service '{name}' has no port {port}; it has: {ports}",
            "Service '{name}' 没有端口 {port}；已有：{ports}",
        ),
        ports=Text("ports of the Service", "Service 的端口"),
    )
    bad = together(DEPLOYMENT, SERVICE, but(INGRESS, "number: 80}", "number: 8080}"))
    good = together(DEPLOYMENT, SERVICE, INGRESS)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for route in routes(run):
            if ports := lacking(route.port, ports_of_services(run, route.services)):
                said = {"port": str(route.port.value), "ports": ports.said}
                finding = cls.finding(
                    route.port.place, "absent", name=route.services[0].name, **said
                )
                yield finding.beside(ports.place, "ports")
