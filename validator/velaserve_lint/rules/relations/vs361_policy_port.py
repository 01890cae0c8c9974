# SPDX-License-Identifier: Apache-2.0
"""VS361: a NetworkPolicy opens a port that its pods do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.reach import reach
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.certainty import info_if
from velaserve_lint.rules.relations.examples import POLICY, SERVICE, together
from velaserve_lint.rules.relations.ports import is_of_service, lacking, ports_of_pods
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class PolicyPort(RunRule):
    """An info for a number that is no Service's: a port may be open without being said."""

    id = "VS361"
    slug = "policy-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicyPort"
    title = Text("a policy opens a port that the pods do not have", "网络策略开放的端口不存在")
    why = Text("The ports of the pods stay closed.", "Pod 实际使用的端口仍被关闭。")
    fix = Text(
        "Open the port of the container, not the one of the Service.",
        "请开放容器的端口，而不是 Service 的端口。",
    )
    messages = sentences(
        absent=Text(
            "'{name}' opens port {port}, but its pods declare: {ports}",
            "'{name}' 开放端口 {port}，但其 Pod 声明的是：{ports}",
        ),
        ports=Text("ports of the pods", "Pod 的端口"),
    )
    bad = together(DEPLOYMENT, SERVICE, but(POLICY, "port: 8080", "port: 80"))
    good = together(DEPLOYMENT, SERVICE, POLICY)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in selecting(run, "NetworkPolicy"):
            pods = ports_of_pods(run, one.pods)
            for port in reach(one.manifest.spec, "ingress[].ports[]"):
                wanted = port.at("port")
                if "endPort" not in port.mapping and (ports := lacking(wanted, pods)):
                    said = {"port": str(wanted.value), "ports": ports.said}
                    finding = cls.finding(wanted.place, "absent", name=one.manifest.name, **said)
                    is_open = wanted.number is not None and not is_of_service(run, one, wanted)
                    yield info_if(is_open, finding.beside(ports.place, "ports"))
