# SPDX-License-Identifier: Apache-2.0
"""VS354: one object is defined twice, and not in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.certainty import info_if
from velaserve_lint.rules.relations.examples import CONFIG_MAP, together
from velaserve_lint.rules.relations.places import called, name_of
from velaserve_lint.rules.relations.repeated import pairs
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_OTHER = but(CONFIG_MAP, "LOG_LEVEL: info", "LOG_LEVEL: debug")


class DefinedTwice(RunRule):
    """An info where the other is in another file of the folder: it may be meant to be patched."""

    id = "VS354"
    slug = "defined-twice"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "kubectl apply: documents are applied one after the other"
    title = Text("an object is defined twice", "对象被定义了两次")
    why = Text("The one that is applied last replaces the other.", "最后应用的定义会取代另一个。")
    fix = Text("Rename one of them, or remove it.", "请给其中一个改名，或将其删除。")
    messages = sentences(
        twice=Text(
            "{kind} '{name}' is defined twice, in different ways",
            "{kind} '{name}' 被定义了两次，且内容不同",
        ),
        first=Text("the other one", "另一个在此"),
    )
    bad = together(CONFIG_MAP, _OTHER)
    good = together(CONFIG_MAP, but(_OTHER, "name: settings", "name: debug-settings"))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for pair in pairs(run):
            finding = cls.finding(name_of(pair.second), "twice", **called(pair.second))
            finding = finding.beside(name_of(pair.first), "first")
            yield info_if(not pair.in_one_file, finding)
