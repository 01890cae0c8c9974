# SPDX-License-Identifier: Apache-2.0
"""VS343: a route that no request takes, or that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import ROUTE
from velaserve_lint.rules.workloads.routes import dead
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_SECOND = "        - path: {type: PathPrefix, value: /v2}\n"


class DeadRoute(ManifestRule):
    """Of HTTPRoutes and Ingresses."""

    id = "VS343"
    slug = "dead-route"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Gateway API v1.4.0 apis/v1/httproute_types.go; the API's description of Ingress"
    title = Text("a dead route", "不通的路由")
    why = Text(
        "It is accepted; requests fail, or go another way.", "会被接受；但请求会失败，或走向别处。"
    )
    fix = Text(
        "Mend the match or the weights, or remove the route.",
        "请修正匹配条件或权重，或删除该路由。",
    )
    messages = sentences(
        weights=Text("all weights are 0: every request fails", "所有权重均为 0：所有请求都会失败"),
        doubled=Text("another rule takes these requests", "另一条规则会接走这些请求"),
        pattern=Text(
            "this type of path is no pattern: requests must have these very characters",
            "此路径类型不支持正则：请求必须原样包含这些字符",
        ),
        first=Text("the other rule", "另一条规则在此"),
    )
    kinds = frozenset({"HTTPRoute", "Ingress"})
    bad = but(ROUTE, _SECOND, _SECOND * 2)
    good = ROUTE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at, first in dead(manifest):
            finding = cls.finding(at.place, message)
            yield finding.beside(first.place, "first") if first else finding
