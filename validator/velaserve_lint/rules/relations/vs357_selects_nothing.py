# SPDX-License-Identifier: Apache-2.0
"""VS357: a selector that selects none of the pods beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.examples import SERVICE, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class SelectsNothing(RunRule):
    """Only beside pods of the same folder: elsewhere, what is meant is surely elsewhere, too."""

    id = "VS357"
    slug = "selects-nothing"
    severity = Severity.INFO
    since = "0.1.0"
    source = "Kubernetes documentation, Labels and Selectors"
    title = Text("a selector for pods that are not in the run", "选择算符所选的 Pod 不在本次检查中")
    why = Text(
        "A Service without pods has no endpoints, a budget or policy without them does nothing.",
        "没有 Pod 的 Service 没有端点，没有 Pod 的中断预算或策略不起作用。",
    )
    fix = Text("Compare it with the labels of the pods.", "请与 Pod 的标签核对。")
    messages = sentences(
        nothing=Text(
            "{kind} '{name}' selects none of the pods in this run",
            "{kind} '{name}' 选不中本次检查中的任何 Pod",
        ),
    )
    bad = together(DEPLOYMENT, but(SERVICE, "selector: {app: digits}", "selector: {app: letters}"))
    good = together(DEPLOYMENT, SERVICE)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in selecting(run, "Service", "NetworkPolicy", "PodDisruptionBudget", "PodMonitor"):
            if one.is_in_vain(run):
                yield cls.finding(one.selector.at.key, "nothing", **called(one.manifest))
