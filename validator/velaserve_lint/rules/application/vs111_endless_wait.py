# SPDX-License-Identifier: Apache-2.0
"""VS111: a step or component that waits for what cannot come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences
from velaserve_lint.workflow import plans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class EndlessWait(ApplicationRule):
    """Of a circle, one wait is reported; steps come one after the other unless mode says DAG."""

    id = "VS111"
    slug = "endless-wait"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/tasks/custom/task.go, CheckPending"
    title = Text("waits for what cannot come before it", "等待不可能先完成的对象")
    why = Text("The workflow stays pending for ever.", "工作流会一直处于等待状态。")
    fix = Text("Change the order, or what it waits for.", "请调整顺序或等待的对象。")
    messages = sentences(
        circle=Text(
            "'{name}' waits for '{other}', which cannot end before '{name}' has",
            "'{name}' 等待 '{other}'，而后者不可能先于 '{name}' 结束",
        ),
        itself=Text("'{name}' waits for itself", "'{name}' 在等待自己"),
    )
    bad = but(
        WORKFLOW,
        "- name: digits\n        t",
        "- name: digits\n        dependsOn: [told]\n        t",
    )
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for plan in plans_of(application):
            for task, wait in plan.endless():
                other = plan.tasks[wait.task]
                place = application.document.value(wait.path)
                message = "itself" if other is task else "circle"
                yield cls.finding(place, message, name=task.name, other=other.name)
