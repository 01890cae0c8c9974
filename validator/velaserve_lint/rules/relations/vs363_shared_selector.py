# SPDX-License-Identifier: Apache-2.0
"""VS363: two workloads have one selector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.index import file_of
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT
from velaserve_lint.rules.relations.certainty import info_if
from velaserve_lint.rules.relations.clashes import sharing
from velaserve_lint.rules.relations.examples import LETTERS, renamed, together
from velaserve_lint.rules.relations.places import called
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class SharedSelector(RunRule):
    """An info where they are in two files: one may be instead of the other."""

    id = "VS363"
    slug = "shared-selector"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Deployments, Selector"
    title = Text("two workloads with one selector", "两个工作负载使用相同的选择算符")
    why = Text(
        "A Service, an autoscaler or a budget of the one counts the pods of the other, too.",
        "其中一个的 Service、自动扩缩或中断预算也会算上另一个的 Pod。",
    )
    fix = Text(
        "Give each its own label, in selector and template.",
        "请给各自不同的标签，选择算符和模板中都要写。",
    )
    messages = sentences(
        shared=Text(
            "{kind} '{name}' selects the same pods as {other_kind} '{other}'",
            "{kind} '{name}' 与 {other_kind} '{other}' 选择了相同的 Pod",
        ),
        first=Text("the other one", "另一个在此"),
    )
    bad = together(DEPLOYMENT, renamed(DEPLOYMENT, "second"))
    good = together(DEPLOYMENT, LETTERS)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for other, one in sharing(run):
            if one.name != other.name:
                said = {"other_kind": other.kind, "other": other.name}
                finding = cls.finding(one.spec.at("selector").key, "shared", **called(one), **said)
                finding = finding.beside(other.spec.at("selector").key, "first")
                yield info_if(file_of(one) != file_of(other), finding)
