# SPDX-License-Identifier: Apache-2.0
"""VS381: two disruption budgets select one pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT
from velaserve_lint.rules.relations.budgets import overlapping
from velaserve_lint.rules.relations.examples import BUDGET, renamed, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class TwoBudgets(RunRule):
    """In one folder and namespace."""

    id = "VS381"
    slug = "two-budgets"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/registry/core/pod/storage/eviction.go"
    title = Text("two disruption budgets of one pod", "一个 Pod 有两个中断预算")
    why = Text(
        "An eviction is refused with an error, so a drain of the node never ends.",
        "驱逐会报错并被拒绝，因此排空节点永远不会结束。",
    )
    fix = Text("Leave one budget to each pod.", "请让每个 Pod 只有一个中断预算。")
    messages = sentences(
        both=Text(
            "PodDisruptionBudget '{other}' selects the pods of {kind} '{name}', too",
            "PodDisruptionBudget '{other}' 也选择了 {kind} '{name}' 的 Pod",
        ),
        other=Text("the other budget", "另一个预算在此"),
    )
    bad = together(DEPLOYMENT, BUDGET, renamed(BUDGET, "second"))
    good = together(DEPLOYMENT, BUDGET)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for other, one, workload in overlapping(run):
            place = one.selector.at.key
            said = {"other": other.manifest.name, **called(workload)}
            yield cls.finding(place, "both", **said).beside(other.selector.at.key, "other")
