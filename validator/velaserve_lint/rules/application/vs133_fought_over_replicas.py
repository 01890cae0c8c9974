# SPDX-License-Identifier: Apache-2.0
"""VS133: two traits that each decide how many pods there are."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

# KubeVela's own, which say nothing of each other; the autoscaler's conflicts are VS131.
_DECIDE = frozenset({"scaler", "hpa", "cpuscaler", "keda-auto-scaler"})
_SERVICE = """\
    - name: front
      type: webservice
      properties: {image: nginx}
      traits: [{type: cpuscaler}]
    - name: digits
"""
_GOOD = APPLICATION.replace("    - name: digits\n", _SERVICE)


class FoughtOverReplicas(ApplicationRule):
    """One writes the number, and the next reconcile of the other writes it back."""

    id = "VS133"
    slug = "fought-over-replicas"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 vela-templates/definitions/internal/trait"
    title = Text("two traits that decide the number of pods", "两个运维特征同时决定 Pod 数量")
    why = Text("They undo each other's work for ever.", "它们会不停地互相覆盖。")
    fix = Text("Keep one of them.", "请只保留其中之一。")
    messages = sentences(
        fight=Text(
            "{trait} and {other} both set the replicas", "{trait} 与 {other} 都会设置副本数"
        ),
        other=Text("the other one", "另一个在此"),
    )
    bad = _GOOD.replace("{type: cpuscaler}", "{type: cpuscaler}, {type: scaler}")
    good = _GOOD

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for component in application.components:
            deciding = [trait for trait in component.traits if trait.definition in _DECIDE]
            for first, second in combinations(deciding, 2):
                place, there = (document.value((*one.path, "type")) for one in (second, first))
                said = {"trait": second.definition, "other": first.definition}
                yield cls.finding(place, "fight", **said).beside(there, "other")
