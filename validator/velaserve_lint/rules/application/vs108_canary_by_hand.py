# SPDX-License-Identifier: Apache-2.0
"""VS108: a component that says itself how it shares requests with its canary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class CanaryByHand(ApplicationRule):
    """Of model-serving only: elsewhere the property does not exist."""

    id = "VS108"
    slug = "canary-by-hand"
    since = "0.1.0"
    source = "shared/reference/cluster.md section 7"
    title = Text("a canary is set by hand", "手工设置了金丝雀")
    why = Text(
        "A release ends with what the Application says: the share would come back each time.",
        "发布结束后以 Application 所写为准：该份额每次都会被恢复。",
    )
    fix = Text(
        "Remove it; add the trait canary and the step canary-release.",
        "请删除它，并添加运维特征 canary 和工作流步骤 canary-release。",
    )
    messages = sentences(
        set=Text(
            "canary is set by the step canary-release, not in a file",
            "canary 由步骤 canary-release 设置，不应写在文件中",
        ),
    )
    bad = changed("minReplicas: 2", "canary: {of: digits, weight: 10}")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.components:
            if component.definition == "model-serving" and "canary" in component.properties:
                path = (*component.path, "properties", "canary")
                yield cls.finding(application.document.key(path), "set")
