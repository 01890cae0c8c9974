# SPDX-License-Identifier: Apache-2.0
"""VS113: a step that names a policy almost as it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


class MisspeltPolicy(ApplicationRule):
    """Sure enough for an error; any other unknown name is VS114."""

    id = "VS113"
    slug = "misspelt-policy"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/workflow/step/dependency.go"
    title = Text("a misspelt policy", "策略名称拼写错误")
    why = Text("KubeVela refuses the Application.", "KubeVela 会拒绝该 Application。")
    fix = Text("Use the suggested name.", "改用建议的名称。")
    messages = sentences(
        near=Text(
            "there is no policy '{name}'; did you mean '{near}'?",
            "没有策略 '{name}'；是否指 '{near}'？",
        ),
    )
    bad = but(OVERRIDE, "[here, large]", "[here, lage]")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        known = [policy.name for policy in application.policies if policy.name]
        for name, path in undefined_policies(application):
            if near := misspelt(name, known):
                yield cls.finding(application.document.value(path), "near", name=name, near=near)
