# SPDX-License-Identifier: Apache-2.0
"""VS109: a component or a step that is named but not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.nouns import NOUNS
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text, sentences, shortened
from velaserve_lint.uses import uses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UndefinedName(ApplicationRule):
    """In dependsOn, and where a step says which component it is about."""

    id = "VS109"
    slug = "undefined-name"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/controller/core.oam.dev/v1beta1/application/generator.go"
    title = Text("a component or step that is not there", "引用了不存在的组件或步骤")
    why = Text("The workflow fails there, or waits for ever.", "工作流会在此失败，或一直等待。")
    fix = Text("Correct the name, or add what it names.", "请改正名称，或补上所引用的对象。")
    messages = sentences(
        near=Text(
            "there is no {kind} '{name}'; did you mean '{near}'?",
            "没有{kind} '{name}'；是否指 '{near}'？",
        ),
        none=Text(
            "there is no {kind} '{name}'; there is {known}", "没有{kind} '{name}'；现有 {known}"
        ),
    )
    bad = but(WORKFLOW, "{component: digits}", "{component: digit}")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for use in uses_of(application):
            if use.name in use.known:
                continue
            place, kind = application.document.value(use.path), NOUNS[use.kind]
            if near := suggest(use.name, use.known):
                yield cls.finding(place, "near", kind=kind, name=use.name, near=near)
            else:
                known = shortened(", ".join(use.known))
                yield cls.finding(place, "none", kind=kind, name=use.name, known=known)
