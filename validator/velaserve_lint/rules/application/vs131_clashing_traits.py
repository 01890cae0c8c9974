# SPDX-License-Identifier: Apache-2.0
"""VS131: two traits of a component that cannot be together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.clashes import clashes
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ClashingTraits(ApplicationRule):
    """By conflictsWith, of one type, or with an override."""

    id = "VS131"
    slug = "clashing-traits"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/appfile/validate.go, pkg/policy/envbinding/patch.go"
    title = Text("two traits that cannot be together", "两个不能并存的运维特征")
    why = Text(
        "They render objects of one name, or undo each other's work.",
        "它们会渲染出同名对象，或者互相抵消。",
    )
    fix = Text("Remove one of them.", "请删除其中之一。")
    messages = sentences(
        twice=Text("there is a trait {trait} already", "已有一个 {trait} 运维特征"),
        conflict=Text("{trait} conflicts with {other}", "{trait} 与 {other} 冲突"),
        merged=Text(
            "an override keeps only the last trait {trait} of this component",
            "override 只会保留该组件的最后一个 {trait} 运维特征",
        ),
        other=Text("the other one", "另一个在此"),
    )
    bad = but(TRAITS, "        - type: canary\n", "        - type: autoscaler\n").replace(
        "{weights: [10, 50]}", "{maxReplicas: 4, metrics: {memoryUtilization: 70}}"
    )
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for one in clashes(application):
            place = document.value((*one.trait.path, "type"))
            said = {"trait": one.trait.definition, "other": one.other.definition}
            finding = cls.finding(place, one.message, **said)
            yield finding.beside(document.value((*one.other.path, "type")), "other")
