# SPDX-License-Identifier: Apache-2.0
"""VS125: a workflow of its own and a reference to another one."""

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


class WorkflowTwice(ApplicationRule):
    """Steps, be they none, beside a ref."""

    id = "VS125"
    slug = "workflow-twice"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/workflow/step/generator.go, RefWorkflowStepGenerator"
    title = Text("both steps and a reference to a workflow", "同时写了 steps 和 ref")
    why = Text("KubeVela refuses the Application.", "KubeVela 会拒绝该 Application。")
    fix = Text("Remove one of them.", "请删除其中之一。")
    messages = sentences(
        both=Text(
            "'ref' takes the steps from Workflow '{name}', and 'steps' has others",
            "'ref' 使用 Workflow '{name}' 的步骤，而 'steps' 又写了步骤",
        ),
        steps=Text("the other steps", "另一组步骤"),
    )
    bad = but(WORKFLOW, "    steps:\n", "    ref: release\n    steps:\n")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        ref = document.data_at(("spec", "workflow", "ref"))
        steps = ("spec", "workflow", "steps")
        if isinstance(ref, str) and ref and isinstance(document.data_at(steps), list):
            finding = cls.finding(document.key(("spec", "workflow", "ref")), "both", name=ref)
            yield finding.beside(document.key(steps), "steps")
