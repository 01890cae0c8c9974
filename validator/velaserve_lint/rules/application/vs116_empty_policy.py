# SPDX-License-Identifier: Apache-2.0
"""VS116: a policy without properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class EmptyPolicy(ApplicationRule):
    """Of any type but debug; an empty mapping is enough."""

    id = "VS116"
    slug = "empty-policy"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/appfile/parser.go, parsePolicies"
    title = Text("a policy without properties", "没有 properties 的策略")
    why = Text("KubeVela refuses the Application.", "KubeVela 会拒绝该 Application。")
    fix = Text("Add properties, or remove the policy.", "请补上 properties，或删除该策略。")
    messages = sentences(
        empty=Text("policy '{name}' has no properties", "策略 '{name}' 没有 properties"),
    )
    bad = but(OVERRIDE, "      properties: {clusters: [local]}\n", "")
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for policy in application.policies:
            data = application.document.data_at(policy.path)
            if not isinstance(data, dict) or policy.type == "debug":
                continue
            meant = "properties" not in data and any(misspelt(key, ["properties"]) for key in data)
            if data.get("properties") is None and not meant:
                place = application.document.key((*policy.path, "properties"))
                yield cls.finding(place, "empty", name=policy.name or policy.type)
