# SPDX-License-Identifier: Apache-2.0
"""VS121: an `if` that does not compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.conditions import condition
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class BrokenCondition(ApplicationRule):
    """Expressions are CUE's; what they refer to is VS122."""

    id = "VS121"
    slug = "broken-condition"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/tasks/custom/task.go, ValidateIfValue"
    title = Text("an 'if' that does not compile", "无法编译的 if 表达式")
    why = Text("The step is skipped, and nothing says so.", "该步骤会被静默跳过。")
    fix = Text(
        "Write an expression that is true or false.", "请写成结果为 true 或 false 的表达式。"
    )
    messages = sentences(
        dash=Text(
            "{found} is a subtraction; write {wanted}", "{found} 会被当作减法；请写 {wanted}"
        ),
        operator=Text(
            "'{found}' does not compare or combine; write {wanted}",
            "'{found}' 不能用于比较或组合；请写 {wanted}",
        ),
        bytes=Text(
            "{found} is bytes, not a text; write {wanted}", "{found} 不是文本；请写 {wanted}"
        ),
        quote=Text("the quote {found} is never closed", "引号 {found} 没有闭合"),
        end=Text("something is missing at the end: {wanted}", "结尾缺少内容：{wanted}"),
        unexpected=Text("'{found}' is not expected there", "此处不应出现 '{found}'"),
        deep=Text("nested too deeply", "嵌套过深"),
    )
    bad = but(WORKFLOW, "status.approval.timeout", "status.approval.timeout = true")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for step in application.all_steps:
            if step.condition and (problem := condition(step.condition).problem):
                place = application.document.value((*step.path, "if"))
                wanted = problem.wanted or "..."
                yield cls.finding(place, problem.message, found=problem.found, wanted=wanted)
