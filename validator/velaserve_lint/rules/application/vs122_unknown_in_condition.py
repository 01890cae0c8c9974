# SPDX-License-Identifier: Apache-2.0
"""VS122: an `if` about something that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.condition_uses import strangers
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnknownInCondition(ApplicationRule):
    """Steps, their states, inputs; and texts where true or false is asked for."""

    id = "VS122"
    slug = "unknown-in-condition"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/tasks/custom/task.go, ValidateIfValue"
    title = Text("an 'if' about something that is not there", "if 引用了不存在的内容")
    why = Text("The step is skipped, and nothing says so.", "该步骤会被静默跳过。")
    fix = Text("Correct the name.", "请改正名称。")
    messages = sentences(
        step=Text("there is no step '{name}'; there is {known}", "没有步骤 '{name}'；现有 {known}"),
        state=Text("a step has no '{name}'; it has {known}", "步骤没有 '{name}'；有 {known}"),
        input=Text(
            "the step has no input '{name}'; it has {known}", "该步骤没有输入 '{name}'；有 {known}"
        ),
        inputs=Text(
            "the step has no inputs, so there is no '{name}'", "该步骤没有输入，因此没有 '{name}'"
        ),
        name=Text(
            "'{name}' is nothing here; there is {known}", "'{name}' 在此无意义；可用 {known}"
        ),
        near=Text(
            "'{name}' is not there; did you mean '{near}'?", "没有 '{name}'；是否指 '{near}'？"
        ),
        text=Text("'{name}' is no true or false", "'{name}' 的值不是 true 或 false"),
        later=Text(
            "'{name}' runs after this step, which cannot know how it ends",
            "'{name}' 在本步骤之后运行，此时无法得知其结果",
        ),
    )
    bad = but(WORKFLOW, "status.approval.timeout", "status.aproval.timeout")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for stranger in strangers(application):
            place = application.document.value(stranger.path)
            yield cls.finding(place, stranger.message, **stranger.arguments)
