# SPDX-License-Identifier: Apache-2.0
"""VS127: an `if` about a step that runs at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.condition_uses import looks
from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences
from velaserve_lint.workflow import plan_of_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnorderedCondition(ApplicationRule):
    """In mode DAG, as sub-steps are by default, only dependsOn and inputs make a step wait."""

    id = "VS127"
    slug = "unordered-condition"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/executor/workflow.go, runAsDAG"
    title = Text("an 'if' about a step that it does not wait for", "if 引用了未等待的步骤")
    why = Text(
        "It is decided once, at the start, when the other step has not ended: the step is skipped.",
        "if 只在开始时判断一次：那时另一步骤尚未结束，因此本步骤会被跳过。",
    )
    fix = Text("Add the step to dependsOn.", "请把该步骤加入 dependsOn。")
    messages = sentences(
        beside=Text(
            "'{name}' runs at the same time; dependsOn: [{name}] would make this step wait for it",
            "'{name}' 与本步骤同时运行；用 dependsOn: [{name}] 等待它",
        ),
    )
    bad = but(WORKFLOW, "  workflow:\n", "  workflow:\n    mode: {steps: DAG}\n")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for look in looks(application):
            plan = plan_of_steps(application)
            for reference in look.condition.references:
                name = reference.path[0] if reference.path else ""
                if reference.root == "status" and plan.runs_beside(plan.names.get(name), look.task):
                    yield cls.finding(application.document.value(look.path), "beside", name=name)
