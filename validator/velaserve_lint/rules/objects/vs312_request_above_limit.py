# SPDX-License-Identifier: Apache-2.0
"""VS312: more is requested than allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import nanos
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.amounts import budgets, claims
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class RequestAboveLimit(ManifestRule):
    """Of CPU, memory and storage; of accelerators both must be equal, which is another rule."""

    id = "VS312"
    slug = "request-above-limit"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("a request above its limit", "请求值高于上限")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Raise the limit, or request less.", "请提高上限，或降低请求值。")
    messages = sentences(
        above=Text(
            "{request} of {resource} is requested, but the limit is {limit}",
            "{resource} 请求了 {request}，但上限是 {limit}",
        ),
        limit=Text("the limit", "上限在此"),
    )
    bad = but(DEPLOYMENT, 'requests: {cpu: "1"', 'requests: {cpu: "3"')
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for requests, limits in (*budgets(manifest), *claims(manifest)):
            for resource, request in requests.entries():
                limit = limits.at(resource)
                least, most = nanos(request.value), nanos(limit.value)
                if "/" not in resource and least is not None and most is not None and least > most:
                    names = {"request": str(request.value), "limit": str(limit.value)}
                    found = cls.finding(request.place, "above", resource=resource, **names)
                    yield found.beside(limit.place, "limit")
