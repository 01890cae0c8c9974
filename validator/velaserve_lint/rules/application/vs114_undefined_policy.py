# SPDX-License-Identifier: Apache-2.0
"""VS114: a step that names a policy which the Application does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.policies import undefined_policies
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UndefinedPolicy(ApplicationRule):
    """A warning: there are policies that are objects of their own."""

    id = "VS114"
    slug = "undefined-policy"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/workflow/step/dependency.go"
    title = Text("a policy that the Application does not have", "Application 中没有的策略")
    why = Text(
        "Without an object of kind Policy that has the name, KubeVela refuses the Application.",
        "若没有同名的 Policy 对象，KubeVela 会拒绝该 Application。",
    )
    fix = Text(
        "Correct the name or add the policy; one of the cluster's own can stay.",
        "请改正名称或补上策略；若是集群中已有的 Policy 对象则无需修改。",
    )
    messages = sentences(
        undefined=Text(
            "policy '{name}' is not defined here, nor by a Policy in these files",
            "策略 '{name}' 未在此定义，这些文件中也没有同名的 Policy 对象",
        ),
    )
    bad = but(OVERRIDE, "[here, large]", "[here, large, remote]")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        known = [policy.name for policy in application.policies if policy.name]
        for name, path in undefined_policies(application):
            if not misspelt(name, known):
                yield cls.finding(application.document.value(path), "undefined", name=name)
