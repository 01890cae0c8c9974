# SPDX-License-Identifier: Apache-2.0
"""VS105: two components, policies, workflow steps or outputs have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.nouns import names_of
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Path

_SECOND = (
    "      type: worker\n      properties: {image: nginx}\n    - name: digits\n      type: model"
)


class DuplicateName(ApplicationRule):
    """Names within one list; sub-steps share the names of the steps."""

    id = "VS105"
    slug = "duplicate-name"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/webhook/core.oam.dev/v1beta1/application/validation.go"
    title = Text("a name is used twice", "名称重复")
    why = Text(
        "KubeVela refuses the Application, or one of the two replaces the other.",
        "KubeVela 会拒绝该 Application，或者其中一个覆盖另一个。",
    )
    fix = Text("Rename one of them.", "给其中一个改名。")
    messages = sentences(
        duplicate=Text(
            "'{name}' is already the name of another {kind}", "'{name}' 已是另一个{kind}的名称"
        ),
        first=Text("the other one", "另一个在此"),
    )
    bad = changed("      type: model", _SECOND)
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for kind, names in names_of(application):
            first: dict[str, Path] = {}
            for name, path in names:
                if name and first.setdefault(name, path) != path:
                    place, other = application.document.value(path), first[name]
                    finding = cls.finding(place, "duplicate", kind=kind, name=name)
                    yield finding.beside(application.document.value(other), "first")
