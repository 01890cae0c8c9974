# SPDX-License-Identifier: Apache-2.0
"""VS208: a component requests more than it is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import nanos
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.services import parts_with
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_RESOURCES = "        resources: {{requests: {{cpu: {cpu}, memory: 2Gi}}, limits: {{cpu: 2}}}}\n"


class ComponentRequestAboveLimit(ApplicationRule):
    """Of ours, transformer and framework included: both become what pods ask for, as they are."""

    id = "VS208"
    slug = "component-request-above-limit"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("a component requests more than its limit", "组件的请求值高于上限")
    why = Text("The API server refuses its pods.", "API server 会拒绝它的 Pod。")
    fix = Text("Raise the limit, or request less.", "请提高上限，或降低请求值。")
    messages = sentences(
        above=Text(
            "{request} of {resource} is requested, but the limit is {limit}",
            "{resource} 请求了 {request}，但上限是 {limit}",
        ),
        limit=Text("the limit", "上限在此"),
    )
    bad = APPLICATION + _RESOURCES.format(cpu=3)
    good = APPLICATION + _RESOURCES.format(cpu=1)

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for part in parts_with(application, "resources"):
            for resource, limit in part.at("resources", "limits").entries():
                request = part.at("resources", "requests", resource)
                if request.value is None:
                    continue
                least, most = nanos(request.value), nanos(limit.value)
                if least is not None and most is not None and least > most:
                    names = {"request": str(request.value), "limit": str(limit.value)}
                    found = cls.finding(request.place, "above", resource=resource, **names)
                    yield found.beside(limit.place, "limit")
