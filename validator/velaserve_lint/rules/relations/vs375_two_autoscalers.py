# SPDX-License-Identifier: Apache-2.0
"""VS375: two autoscalers scale one workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.relations.examples import (
    AUTOSCALER,
    SCALED_DEPLOYMENT,
    renamed,
    together,
)
from velaserve_lint.rules.relations.scaling import rivals
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class TwoAutoscalers(RunRule):
    """An HPA that a ScaledObject takes over by its annotation is none of them."""

    id = "VS375"
    slug = "two-autoscalers"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/controller/podautoscaler/horizontal.go, AmbiguousSelector"
    title = Text("two autoscalers of one workload", "一个工作负载有两个自动扩缩")
    why = Text("Both stop: AmbiguousSelector.", "两者都会停止工作：AmbiguousSelector。")
    fix = Text(
        "Put all metrics into one of them, and remove the other.",
        "请把所有指标放到其中一个，并删除另一个。",
    )
    messages = sentences(
        second=Text(
            "{kind} '{name}' is already scaled by {other_kind} '{other}'",
            "{kind} '{name}' 已由 {other_kind} '{other}' 扩缩",
        ),
        first=Text("the other one", "另一个在此"),
    )
    bad = together(SCALED_DEPLOYMENT, AUTOSCALER, renamed(AUTOSCALER, "second"))
    good = together(SCALED_DEPLOYMENT, AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for other, one in rivals(run):
            named = {"kind": one.target.kinds[0], "name": one.target.name}
            said = {"other_kind": other.manifest.kind, "other": other.manifest.name}
            finding = cls.finding(one.at.place, "second", **named, **said)
            yield finding.beside(other.at.place, "first")
