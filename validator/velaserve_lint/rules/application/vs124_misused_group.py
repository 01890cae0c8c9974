# SPDX-License-Identifier: Apache-2.0
"""VS124: sub-steps that never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_GROUP = "step-group"


class MisusedGroup(ApplicationRule):
    """Only a step-group has sub-steps, and no group is in another one."""

    id = "VS124"
    slug = "misused-group"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/generator/generator.go"
    title = Text("a group of steps that does not run as one", "步骤组使用不当")
    why = Text("Nothing is said, and nothing runs.", "没有任何提示，也不会运行。")
    fix = Text("Write type: step-group, with subSteps.", "请写 type: step-group，并给出 subSteps。")
    messages = sentences(
        type=Text(
            "subSteps of type '{type}' never run: only a step-group has some",
            "类型 '{type}' 的 subSteps 不会运行：只有 step-group 才有子步骤",
        ),
        nested=Text("a step-group within another one has no steps", "步骤组内的步骤组没有步骤"),
        empty=Text(
            "a step-group without subSteps does nothing", "没有 subSteps 的 step-group 不起作用"
        ),
    )
    bad = but(WORKFLOW, "type: suspend", "type: step-group")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for step in application.steps:
            if step.sub_steps and step.definition not in (_GROUP, ""):
                place = document.key((*step.path, "subSteps"))
                yield cls.finding(place, "type", type=step.definition)
            if step.definition == _GROUP and not step.sub_steps:
                yield cls.finding(document.value((*step.path, "type")), "empty")
            for sub in step.sub_steps:
                if sub.definition == _GROUP:
                    yield cls.finding(document.value((*sub.path, "type")), "nested")
