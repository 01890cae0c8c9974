# SPDX-License-Identifier: Apache-2.0
"""VS106: a type that is almost one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.nouns import NOUNS
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class MisspeltType(ApplicationRule):
    """One or two letters away from a type of ours or of KubeVela's."""

    id = "VS106"
    slug = "misspelt-type"
    since = "0.1.0"
    source = "our definitions, and KubeVela v1.10.9 charts/vela-core/templates/defwithtemplate"
    title = Text("a misspelt type", "类型拼写错误")
    why = Text(
        "The Application is accepted where no webhook runs, and then never rendered.",
        "没有 webhook 时 Application 会被接受，但永远不会被渲染。",
    )
    fix = Text("Use the suggested type.", "改用建议的类型。")
    messages = sentences(
        near=Text(
            "there is no {kind} type '{type}'; did you mean '{near}'?",
            "没有{kind}类型 '{type}'；是否指 '{near}'？",
        ),
    )
    bad = changed("type: model-serving", "type: model-servign")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        catalogue = application.catalogue
        for typed in (*application.typed(), *application.patched()):
            if catalogue.knows(typed.kind, typed.definition):
                continue
            near = misspelt(typed.definition, catalogue.names(typed.kind))
            if near and typed.definition:
                place = application.document.value((*typed.path, "type"))
                kind = NOUNS[typed.kind]
                finding = cls.finding(place, "near", kind=kind, type=typed.definition, near=near)
                yield finding.mended_by(place, typed.definition, near)
