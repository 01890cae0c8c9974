# SPDX-License-Identifier: Apache-2.0
"""VS105: two components, policies or workflow steps have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.nouns import NOUNS
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.application import Application, Component, Policy, Step
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Path

    _Named = Component | Policy | Step

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
        duplicate=Text("two {kind}s are named '{name}'", "有两个{kind}名为 '{name}'"),
        first=Text("the first is here", "第一个在此"),
    )
    bad = changed("      type: model", _SECOND)
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        steps = [one for step in application.steps for one in (step, *step.sub_steps)]
        lists: list[Sequence[_Named]] = [application.components, application.policies, steps]
        for named in lists:
            yield from cls._within(named, application)

    @classmethod
    def _within(cls, named: Sequence[_Named], application: Application) -> Iterator[Finding]:
        first: dict[str, Path] = {}
        for one in named:
            path = (*one.path, "name")
            if one.name and first.setdefault(one.name, path) != path:
                place, before = application.document.value(path), first[one.name]
                finding = cls.finding(place, "duplicate", kind=NOUNS[one.kind], name=one.name)
                yield finding.beside(application.document.value(before), "first")
