# SPDX-License-Identifier: Apache-2.0
"""VS129: a trait of ours on what is no model service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.applies import mismatches
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_SERVICE = """\
    - name: front
      type: webservice
      properties: {image: nginx}
      traits: [{type: hardening}]
    - name: digits
"""


class ForeignComponent(ApplicationRule):
    """Only where it is certain what the component renders; other traits are VS130."""

    id = "VS129"
    slug = "foreign-component"
    since = "0.1.0"
    source = "the definitions, in CUE: appliesToWorkloads"
    title = Text("a trait of ours on what is no model service", "运维特征用在了非模型服务的组件上")
    why = Text(
        "It changes the InferenceService that a component renders, and there is none.",
        "它修改的是组件渲染出的 InferenceService，而此处没有。",
    )
    fix = Text("Move it to a model-serving component.", "请把它移到 model-serving 组件上。")
    messages = sentences(
        foreign=Text(
            "{trait} is for model services; '{name}' is of type {type}, which renders {workload}",
            "{trait} 用于模型服务；'{name}' 的类型为 {type}，渲染的是 {workload}",
        ),
    )
    bad = but(TRAITS, "    - name: digits\n", _SERVICE)
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in mismatches(application):
            if one.definition.origin == "ours":
                place = application.document.value((*one.trait.path, "type"))
                name, kind = one.component.name, one.component.definition
                said = {"trait": one.definition.name, "name": name, "type": kind}
                yield cls.finding(place, "foreign", **said, workload=one.workload)
