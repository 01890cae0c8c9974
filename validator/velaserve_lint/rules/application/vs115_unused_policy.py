# SPDX-License-Identifier: Apache-2.0
"""VS115: an override or a topology that no step uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.policies import unused_policies
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnusedPolicy(ApplicationRule):
    """With steps only: without any, KubeVela deploys with every policy."""

    id = "VS115"
    slug = "unused-policy"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/workflow/providers/multicluster/deploy.go"
    title = Text("a policy that no step uses", "没有步骤使用的策略")
    why = Text("It changes nothing.", "它不起任何作用。")
    fix = Text("Add it to the policies of a step deploy.", "请把它加入 deploy 步骤的 policies。")
    messages = sentences(
        unused=Text(
            "no step of the workflow uses the {type} '{name}'",
            "工作流中没有步骤使用 {type} '{name}'",
        ),
    )
    bad = but(OVERRIDE, "[here, large]", "[here]")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for policy in unused_policies(application):
            place = application.document.value((*policy.path, "name"))
            yield cls.finding(place, "unused", type=policy.type, name=policy.name)
