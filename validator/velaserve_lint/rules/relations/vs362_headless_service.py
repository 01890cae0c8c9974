# SPDX-License-Identifier: Apache-2.0
"""VS362: the Service of a StatefulSet that is not headless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.references.reference import reference
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.examples import SERVICE, together
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_SET = but(
    but(DEPLOYMENT, "kind: Deployment", "kind: StatefulSet"),
    "  replicas: 2\n",
    "  replicas: 2\n  serviceName: digits\n",
)


class HeadlessService(RunRule):
    """Nothing breaks where nobody asks for a single pod: an info."""

    id = "VS362"
    slug = "headless-service"
    severity = Severity.INFO
    since = "0.1.0"
    source = "Kubernetes documentation, StatefulSets, Stable Network ID"
    title = Text("a StatefulSet without a headless Service", "StatefulSet 的 Service 不是无头服务")
    why = Text("Its pods have no names in DNS.", "它的 Pod 没有各自的 DNS 名称。")
    fix = Text("Set clusterIP: None in the Service.", "请在 Service 中设置 clusterIP: None。")
    messages = sentences(
        headed=Text(
            "Service '{name}' has an address of its own, so the pods have no names",
            "Service '{name}' 有自己的地址，因此各 Pod 没有名称",
        ),
        service=Text("the Service", "该 Service"),
    )
    bad = together(_SET, SERVICE)
    good = together(_SET, but(SERVICE, "  ports:", "  clusterIP: None\n  ports:"))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for manifest in run.index.of_kind("StatefulSet"):
            for one in reference(manifest.spec.at("serviceName"), ("Service",), manifest.namespace):
                services = run.index.definitions(one)
                if services and all(s.spec.at("clusterIP").text != "None" for s in services):
                    finding = cls.finding(one.place, "headed", name=one.name)
                    yield finding.beside(services[0].spec.key, "service")
