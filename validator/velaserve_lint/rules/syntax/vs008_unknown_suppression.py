# SPDX-License-Identifier: Apache-2.0
"""VS008: a suppression of a rule that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import Rule
from velaserve_lint.rules.examples import changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place


class UnknownSuppression(Rule):
    """Also one without an id: a rule has to be named."""

    id = "VS008"
    slug = "unknown-suppression"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "kube-linter issue 1180: misspelt names of checks are ignored silently"
    title = Text("a suppression of a rule that does not exist", "抑制了不存在的规则")
    why = Text("It suppresses nothing.", "它不起任何作用。")
    fix = Text(
        "Write # velaserve: ignore[VS107] reason; velaserve-lint rules lists the ids.",
        "请写成 # velaserve: ignore[VS107] 原因；velaserve-lint rules 可列出所有编号。",
    )
    messages = sentences(
        unknown=Text("there is no rule {id}", "没有规则 {id}"),
        nothing=Text("the suppression names no rule", "该抑制没有写规则编号"),
    )
    bad = changed("minReplicas: 2", "minReplicas: 2 # velaserve: ignore[VS999] not yet documented")
    good = changed(
        "type: model-serving", "type: acme-model # velaserve: ignore[VS107] of our own cluster"
    )

    @classmethod
    def of(cls, rule_id: str, place: Place) -> Finding:
        return cls.finding(place, "unknown" if rule_id else "nothing", id=rule_id)
