# SPDX-License-Identifier: Apache-2.0
"""VS356: a selector that selects nothing, for a label is misspelt."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.relations.examples import SERVICE, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.rules.relations.selecting import peers, selecting
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_KINDS = ("Service", "NetworkPolicy", "PodDisruptionBudget", "PodMonitor", "ServiceMonitor")


class SelectorSlip(RunRule):
    """All but one label are those of something in the run, and that one is almost."""

    id = "VS356"
    slug = "selector-slip"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Labels and Selectors"
    title = Text("a selector that selects nothing", "选择算符选不中任何对象")
    why = Text(
        "Kubernetes accepts it: the Service has no endpoints, the policy or budget no pods.",
        "Kubernetes 会接受它：Service 没有端点，策略或中断预算没有对应的 Pod。",
    )
    fix = Text("Use the same label in both places.", "请在两处使用相同的标签。")
    messages = sentences(
        slip=Text(
            "{kind} '{name}' selects nothing in this run; did you mean '{key}: {found}'?",
            "{kind} '{name}' 在本次检查中选不中任何对象；是否指 '{key}: {found}'？",
        ),
        label=Text("the label", "标签在此"),
    )
    bad = together(DEPLOYMENT, but(SERVICE, "selector: {app: digits}", "selector: {app: digit}"))
    good = together(DEPLOYMENT, SERVICE)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in chain(selecting(run, *_KINDS), peers(run)):
            if miss := one.miss:
                label = {"key": miss.key, "found": miss.label.value}
                place = miss.requirement.at.place
                finding = cls.finding(place, "slip", **called(one.manifest), **label)
                yield finding.beside(miss.label.at.place, "label")
