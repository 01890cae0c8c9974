# SPDX-License-Identifier: Apache-2.0
"""VS130: a trait that is made for other workloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.applies import mismatches
from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnfitTrait(ApplicationRule):
    """A warning, for some do their work nevertheless: those of KubeVela on its own components."""

    id = "VS130"
    slug = "unfit-trait"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 charts/vela-core/templates/defwithtemplate: appliesToWorkloads"
    title = Text("a trait that is made for other workloads", "运维特征面向其他工作负载")
    why = Text(
        "KubeVela does not look at that; a patch of what is not there does nothing, or fails.",
        "KubeVela 不检查这一点；修改不存在的内容会不起作用或失败。",
    )
    fix = Text("Use a trait for this component.", "请使用面向该组件的运维特征。")
    messages = sentences(
        unfit=Text(
            "{trait} is made for {workloads}; {type} renders {workload}",
            "{trait} 面向 {workloads}；{type} 渲染的是 {workload}",
        ),
    )
    bad = but(TRAITS, "        - type: canary\n", "        - type: sidecar\n").replace(
        "{weights: [10, 50]}", "{name: a, image: nginx}"
    )
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in mismatches(application):
            if one.is_worth_a_word:
                place = application.document.value((*one.trait.path, "type"))
                workloads = shortened(", ".join(one.definition.applies_to))
                said = {"trait": one.definition.name, "type": one.component.definition}
                yield cls.finding(
                    place, "unfit", **said, workloads=workloads, workload=one.workload
                )
