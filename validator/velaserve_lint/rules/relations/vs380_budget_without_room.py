# SPDX-License-Identifier: Apache-2.0
"""VS380: a disruption budget that needs every pod there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.budgets import budgets, fixed_count, needed
from velaserve_lint.rules.relations.examples import BUDGET, together
from velaserve_lint.rules.relations.places import name_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class BudgetWithoutRoom(RunRule):
    """Of pods that no autoscaler adds to."""

    id = "VS380"
    slug = "budget-without-room"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/definitions.md section 12; Kubernetes documentation, PDB"
    title = Text("a disruption budget that needs every pod", "中断预算需要所有的 Pod")
    why = Text(
        "No pod may ever be moved: a drain of its node waits for ever.",
        "任何 Pod 都不能被迁移：排空其节点会一直等待。",
    )
    fix = Text(
        "Say maxUnavailable: 1, or run one pod more.", "请写 maxUnavailable: 1，或多运行一个 Pod。"
    )
    messages = sentences(
        full=Text(
            "minAvailable: {minimum} needs {needed} of {count} pods",
            "minAvailable: {minimum} 需要 {count} 个 Pod 中的 {needed} 个",
        ),
        pods=Text("the pods", "对应的 Pod"),
    )
    bad = together(DEPLOYMENT, but(BUDGET, "minAvailable: 1", "minAvailable: 2"))
    good = together(DEPLOYMENT, BUDGET)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for budget in budgets(run):
            minimum = budget.manifest.spec.at("minAvailable")
            count = fixed_count(run, budget)
            wanted = needed(minimum, count) if count else None
            if count and wanted and wanted >= count:
                said = {"needed": str(wanted), "count": str(count), "minimum": str(minimum.value)}
                workload = budget.pods[0].thing.manifest
                yield cls.finding(minimum.place, "full", **said).beside(name_of(workload), "pods")
