# SPDX-License-Identifier: Apache-2.0
"""VS374: the number of pods is set by the manifest and by an autoscaler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT
from velaserve_lint.rules.relations.examples import AUTOSCALER, SCALED_DEPLOYMENT, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.rules.relations.scaling import autoscalers
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class ContestedReplicas(RunRule):
    """Of a Deployment, StatefulSet or ReplicaSet of the run."""

    id = "VS374"
    slug = "contested-replicas"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Horizontal Pod Autoscaling, Migrating to HPA"
    title = Text("replicas beside an autoscaler", "设置了自动扩缩，又写了 replicas")
    why = Text(
        "Each time the manifest is applied, the number of pods falls back to what it says.",
        "每次应用清单时，副本数都会被改回清单中的值。",
    )
    fix = Text("Remove replicas from the manifest.", "请从清单中删除 replicas。")
    messages = sentences(
        contested=Text(
            "each apply sets the pods back to {replicas}, however many {kind} '{name}' wants",
            "每次应用都会把 {kind} '{name}' 的扩缩结果改回 {replicas}",
        ),
        scaled=Text("scaled here", "在此扩缩"),
    )
    bad = together(DEPLOYMENT, AUTOSCALER)
    good = together(SCALED_DEPLOYMENT, AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in autoscalers(run):
            for workload in one.workloads:
                replicas = workload.spec.at("replicas")
                if replicas.number is not None:
                    said = {"replicas": str(replicas.number), **called(one.manifest)}
                    finding = cls.finding(replicas.key, "contested", **said)
                    yield finding.beside(one.at.place, "scaled")
