# SPDX-License-Identifier: Apache-2.0
"""VS350: an object that nothing in the run defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.relations.examples import CONFIG_MAP, together, with_container_field
from velaserve_lint.rules.relations.missing import missing
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_BAD = with_container_field("envFrom: [{configMapRef: {name: routes}}]")


class UndefinedReference(RunRule):
    """Once for each name, and only of kinds that the run defines others of.

    Where it defines none, they are made elsewhere: by hand, by an operator, by another repository.
    """

    id = "VS350"
    slug = "undefined-reference"
    severity = Severity.INFO
    since = "0.1.0"
    source = "shared/reference/linters.md section 4"
    title = Text("an object that is not in the run", "引用的对象不在本次检查中")
    why = Text("Pods wait for what is not there.", "缺少所引用的对象时 Pod 会一直等待。")
    fix = Text(
        "Add it, correct the name, or see to it that the cluster has it.",
        "请添加该对象、更正名称，或确保集群中已有它。",
    )
    messages = sentences(
        undefined=Text(
            "{kind} '{name}' is not in this run, unlike others of its kind",
            "本次检查中没有 {kind} '{name}'，但有同类的其他对象",
        ),
    )
    bad = together(CONFIG_MAP, _BAD)
    good = together(CONFIG_MAP, with_container_field("envFrom: [{configMapRef: {name: settings}}]"))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        seen = set()
        for one, *instead in missing(run):
            if any(instead) or one.is_optional or not run.index.defines(one.kinds):
                continue
            if (name := (one.kinds, one.namespace, one.name)) not in seen:
                seen.add(name)
                yield cls.finding(one.place, "undefined", kind=one.kinds[0], name=one.name)
