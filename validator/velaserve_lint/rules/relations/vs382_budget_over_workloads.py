# SPDX-License-Identifier: Apache-2.0
"""VS382: one disruption budget counts the pods of several workloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.budgets import budgets
from velaserve_lint.rules.relations.examples import BUDGET, LETTERS, together
from velaserve_lint.rules.relations.places import name_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_BOTH = "matchExpressions: [{key: app, operator: In, values: [digits, letters]}]"


class BudgetOverWorkloads(RunRule):
    """An info: for a stable and a canary it may be meant."""

    id = "VS382"
    slug = "budget-over-workloads"
    severity = Severity.INFO
    since = "0.1.0"
    source = "Kubernetes documentation, Specifying a Disruption Budget"
    title = Text("a disruption budget over several workloads", "一个中断预算覆盖多个工作负载")
    why = Text(
        "All pods of one may be gone while those of the others still fill the budget.",
        "其中一个的 Pod 可能全部消失，而其他工作负载的 Pod 仍满足预算。",
    )
    fix = Text("Give each workload a budget.", "请为每个工作负载单独设置预算。")
    messages = sentences(
        several=Text(
            "PodDisruptionBudget '{name}' counts the pods of '{first}' and '{second}' together",
            "PodDisruptionBudget '{name}' 把 '{first}' 和 '{second}' 的 Pod 合在一起计算",
        ),
        first=Text("one", "其一"),
        second=Text("the other", "其二"),
    )
    bad = together(DEPLOYMENT, LETTERS, but(BUDGET, "matchLabels: {app: digits}", _BOTH))
    good = together(DEPLOYMENT, LETTERS, BUDGET)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for budget in budgets(run):
            workloads = {one.thing.manifest.name: one.thing.manifest for one in budget.pods}
            if len(workloads) > 1:
                first, second, *_ = workloads.values()
                said = {"name": budget.manifest.name, "first": first.name}
                place = budget.selector.at.key
                finding = cls.finding(place, "several", second=second.name, **said)
                yield finding.beside(name_of(first), "first").beside(name_of(second), "second")
