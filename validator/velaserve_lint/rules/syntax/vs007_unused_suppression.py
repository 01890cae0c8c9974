# SPDX-License-Identifier: Apache-2.0
"""VS007: a suppression that suppresses nothing."""

from __future__ import annotations

from velaserve_lint.finding import Severity
from velaserve_lint.rule import Rule
from velaserve_lint.rules.examples import changed
from velaserve_lint.text import Text, sentences


class UnusedSuppression(Rule):
    """Each id counts by itself: of two, one may be unused."""

    id = "VS007"
    slug = "unused-suppression"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "ruff's RUF100"
    title = Text("a suppression that suppresses nothing", "未起作用的抑制")
    why = Text(
        "It stands on the wrong line, or the mistake is gone; a new one would be hidden by it.",
        "它写错了行，或者问题已修复；留着它会掩盖以后的问题。",
    )
    fix = Text(
        "Remove it, or move it to the line of the finding or the one above.",
        "请删除它，或移到问题所在行或其上一行。",
    )
    messages = sentences(
        unused=Text(
            "{id} is suppressed here, but finds nothing", "此处抑制了 {id}，但它没有发现问题"
        ),
    )
    bad = changed("minReplicas: 2", "minReplicas: 2 # velaserve: ignore[VS201] not yet documented")
    good = changed(
        "type: model-serving", "type: acme-model # velaserve: ignore[VS107] of our own cluster"
    )
