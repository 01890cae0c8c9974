# SPDX-License-Identifier: Apache-2.0
"""VS119: an override that adds a component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.overrides import hits, patches_of
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class AddedComponent(ApplicationRule):
    """Perhaps it is meant so; without a type it is VS118."""

    id = "VS119"
    slug = "added-component"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/policy/envbinding/patch.go"
    title = Text("an override that adds a component", "override 新增了组件")
    why = Text(
        "Nothing has its name, so there will be one more component, with these properties only.",
        "没有组件匹配该名称，因此会新增一个只有这些属性的组件。",
    )
    fix = Text("Correct the name, or write the component down.", "请改正名称，或直接写出该组件。")
    messages = sentences(
        added=Text(
            "no component matches '{name}', so one of type {type} is added",
            "没有组件匹配 '{name}'，因此会新增一个类型为 {type} 的组件",
        ),
    )
    bad = but(OVERRIDE, "^digits$", "letters\n            type: model-serving")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for patch, _ in patches_of(application):
            if patch.name and patch.type and hits(patch, application) == ():
                place = application.document.value((*patch.path, "name"))
                yield cls.finding(place, "added", name=patch.name, type=patch.type)
