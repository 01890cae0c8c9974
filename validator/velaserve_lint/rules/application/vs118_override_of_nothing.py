# SPDX-License-Identifier: Apache-2.0
"""VS118: an override of a component that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.overrides import hits, patches_of
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class OverrideOfNothing(ApplicationRule):
    """With a type it would be a new component: VS119."""

    id = "VS118"
    slug = "override-of-nothing"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/policy/envbinding/patch.go"
    title = Text("an override of a component that is not there", "override 的组件不存在")
    why = Text(
        "KubeVela makes a new component of it, which has no type and cannot be rendered.",
        "KubeVela 会据此新建一个没有类型、无法渲染的组件。",
    )
    fix = Text("Correct the name; a * stands for anything.", "请改正名称；* 代表任意内容。")
    messages = sentences(
        near=Text(
            "no component matches '{name}'; did you mean '{near}'?",
            "没有组件匹配 '{name}'；是否指 '{near}'？",
        ),
        none=Text(
            "no component matches '{name}'; there is {known}", "没有组件匹配 '{name}'；现有 {known}"
        ),
    )
    bad = but(OVERRIDE, "^digits$", "digit-s")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        known = [component.name for component in application.components]
        for patch, _ in patches_of(application):
            if patch.name and not patch.type and hits(patch, application) == ():
                place = application.document.value((*patch.path, "name"))
                if near := suggest(patch.name, known):
                    yield cls.finding(place, "near", name=patch.name, near=near)
                elif known:
                    listed = shortened(", ".join(known))
                    yield cls.finding(place, "none", name=patch.name, known=listed)
