# SPDX-License-Identifier: Apache-2.0
"""VS364: several pods mount a volume that one node may mount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.claims import shared_claims
from velaserve_lint.rules.relations.examples import CLAIM, WITH_CLAIM, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class SingleWriterClaim(RunRule):
    """A rolling update starts the new pod before the old one has gone, so one replica is two."""

    id = "VS364"
    slug = "single-writer-claim"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Persistent Volumes, Access Modes"
    title = Text("several pods on a volume for one node", "多个 Pod 使用只能挂载到一个节点的卷")
    why = Text(
        "A pod on another node waits for it: Multi-Attach error.",
        "其他节点上的 Pod 会一直等待该卷：Multi-Attach error。",
    )
    fix = Text(
        "Use ReadWriteMany, or one replica that is replaced by Recreate or with maxSurge: 0.",
        "请使用 ReadWriteMany；或只用一个副本，并用 Recreate 或 maxSurge: 0 更新。",
    )
    messages = sentences(
        shared=Text(
            "the pods of {kind} '{name}' share claim '{claim}', which is for one node",
            "{kind} '{name}' 的多个 Pod 共用卷声明 '{claim}'，而它只供一个节点使用",
        ),
        update=Text(
            "an update of {kind} '{name}' starts a second pod on claim '{claim}' for one node",
            "{kind} '{name}' 更新时会启动第二个 Pod，而卷声明 '{claim}' 只供一个节点使用",
        ),
        claim=Text("the claim", "该卷声明"),
    )
    bad = together(but(CLAIM, "ReadWriteMany", "ReadWriteOnce"), WITH_CLAIM)
    good = together(CLAIM, WITH_CLAIM)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in shared_claims(run):
            message = "update" if one.in_update else "shared"
            said = {"claim": one.claim.name, **called(one.workload)}
            finding = cls.finding(one.needed.place, message, **said)
            yield finding.beside(one.claim.spec.at("accessModes").place, "claim")
