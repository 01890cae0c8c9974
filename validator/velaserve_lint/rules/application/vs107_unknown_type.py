# SPDX-License-Identifier: Apache-2.0
"""VS107: a type that is neither ours nor KubeVela's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.nouns import NOUNS
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnknownType(ApplicationRule):
    """A warning: clusters have definitions that we cannot know."""

    id = "VS107"
    slug = "unknown-type"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "our definitions, and KubeVela v1.10.9 charts/vela-core/templates/defwithtemplate"
    title = Text("an unknown type, whose properties were not checked", "未知类型，其属性未检查")
    why = Text("Silence about it would look like approval.", "若不提示，会让人误以为已检查通过。")
    fix = Text(
        "Check the name; name definitions of your own by --definitions or --allow-type.",
        "请核对名称；自己集群中的定义可用 --definitions 或 --allow-type 指明。",
    )
    messages = sentences(
        unknown=Text(
            "{kind} type '{type}' is not known; its properties were not checked",
            "未知的{kind}类型 '{type}'；其属性未检查",
        ),
    )
    bad = changed("type: model-serving", "type: acme-inference")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        catalogue = application.catalogue
        for typed in (*application.typed(), *application.patched()):
            kind, name = typed.kind, typed.definition
            if catalogue.knows(kind, name) or misspelt(name, catalogue.names(kind)):
                continue
            if name:
                place = application.document.value((*typed.path, "type"))
                yield cls.finding(place, "unknown", kind=NOUNS[typed.kind], type=name)
