# SPDX-License-Identifier: Apache-2.0
"""VS351: a name that is almost one that the run defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.relations.examples import CONFIG_MAP, together, with_container_field
from velaserve_lint.rules.relations.missing import missing
from velaserve_lint.rules.relations.places import name_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_FIELD = "envFrom: [{configMapRef: {name: NAME}}]"


class MisspeltReference(RunRule):
    """A warning: the cluster may have an object of that very name."""

    id = "VS351"
    slug = "misspelt-reference"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/linters.md section 8"
    title = Text("a misspelt name of an object", "对象名称拼写错误")
    why = Text(
        "Pods wait for what is not there; an autoscaler, a route or a binding just does nothing.",
        "缺少所引用的对象时 Pod 会一直等待，而自动扩缩、路由或绑定则毫无作用。",
    )
    fix = Text("Use the suggested name.", "改用建议的名称。")
    messages = sentences(
        near=Text(
            "{kind} '{name}' is not in this run; did you mean '{near}'?",
            "本次检查中没有 {kind} '{name}'；是否指 '{near}'？",
        ),
        defined=Text("'{near}' is defined here", "'{near}' 在此定义"),
    )
    bad = together(CONFIG_MAP, with_container_field(_FIELD.replace("NAME", "setings")))
    good = together(CONFIG_MAP, with_container_field(_FIELD.replace("NAME", "settings")))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one, _, near in missing(run):
            if near:
                names = {"name": one.name, "near": near.name}
                finding = cls.finding(one.place, "near", kind=near.kind, **names)
                yield finding.beside(name_of(near), "defined")
