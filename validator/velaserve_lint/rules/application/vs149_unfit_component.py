# SPDX-License-Identifier: Apache-2.0
"""VS149: a trait that does not go with what the component is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.egress import unreachable
from velaserve_lint.combinations.ground import unmet
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnfitComponent(Refusal):
    """combinations/ground.py lists what each trait asks for."""

    id = "VS149"
    slug = "unfit-component"
    title = Text("a trait that does not go with the component", "运维特征与组件的设置不相配")
    fix = Text("Change the component, or remove the trait.", "请修改组件，或删除该运维特征。")
    messages = sentences(
        unmet=Text(
            "'{name}' goes with {wanted}, found {found}", "'{name}' 的前提是{wanted}，实为 {found}"
        ),
        egress=Text(
            "the pods ask {found}: name the way there in egress, as in {{cidr: 0.0.0.0/0}}",
            "Pod 会访问 {found}：请在 egress 中写出去路，例如 {{cidr: 0.0.0.0/0}}",
        ),
        other=Text("the component says so here", "组件在此指定"),
    )
    bad = but(TRAITS, "minReplicas: 2", "route: {mode: none}")
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for one in unmet(application):
            place = document.key(one.path)
            finding = cls.finding(place, "unmet", name=one.name, wanted=one.wanted, found=one.found)
            yield finding.beside(document.key(one.other), "other")
        for way in unreachable(application):
            finding = cls.finding(document.key(way.path), "egress", found=way.address)
            yield finding.beside(document.value(way.other), "other")
