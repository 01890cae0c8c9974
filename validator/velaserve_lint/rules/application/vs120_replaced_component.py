# SPDX-License-Identifier: Apache-2.0
"""VS120: an override with another type than the component has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.overrides import hits, patches_of
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ReplacedComponent(ApplicationRule):
    """By name only: without one, the type chooses among the components."""

    id = "VS120"
    slug = "replaced-component"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/policy/envbinding/patch.go"
    title = Text(
        "an override of another type replaces the component", "类型不同的 override 会替换整个组件"
    )
    why = Text(
        "Where types differ nothing is merged: properties and traits of the component are gone.",
        "类型不同时不会合并：组件原有的属性和运维特征都会丢失。",
    )
    fix = Text("Remove the type, or write the component's.", "请删除 type，或写成该组件的类型。")
    messages = sentences(
        replaced=Text(
            "type {type} replaces all of component '{name}', whose type is {other}",
            "类型 {type} 会替换整个组件 '{name}'，其类型为 {other}",
        ),
        component=Text("the component", "该组件"),
    )
    bad = but(OVERRIDE, "^digits$", "^digits$\n            type: kfserving").replace(
        "{minReplicas: 4}", "{modelUri: pvc://models/digits}"
    )
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for patch, _ in patches_of(application):
            for one in (hits(patch, application) or ()) if patch.name and patch.type else ():
                if one.type not in ("", patch.type):
                    place = document.value((*patch.path, "type"))
                    said = {"type": patch.type, "name": one.name, "other": one.type}
                    finding = cls.finding(place, "replaced", **said)
                    yield finding.beside(document.value((*one.path, "type")), "component")
