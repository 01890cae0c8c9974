# SPDX-License-Identifier: Apache-2.0
"""VS009: a suppression that does not say why."""

from __future__ import annotations

from velaserve_lint.finding import Severity
from velaserve_lint.rule import Rule
from velaserve_lint.rules.examples import changed
from velaserve_lint.text import Text, sentences


class SuppressionWithoutReason(Rule):
    """The finding is suppressed all the same. Hints may be suppressed without a reason."""

    id = "VS009"
    slug = "suppression-without-reason"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/linters.md section 8"
    title = Text("a suppression without a reason", "抑制没有写原因")
    why = Text("The next reader cannot tell whether it may go.", "后来的读者无法判断它能否删除。")
    fix = Text(
        "Write the reason after the bracket: # velaserve: ignore[VS107] of our own cluster",
        "请在方括号后写明原因：# velaserve: ignore[VS107] 自有集群的定义",
    )
    messages = sentences(
        missing=Text("say why this is suppressed", "请说明抑制的原因"),
    )
    bad = changed("type: model-serving", "type: acme-model # velaserve: ignore[VS107]")
    good = changed(
        "type: model-serving", "type: acme-model # velaserve: ignore[VS107] of our own cluster"
    )
