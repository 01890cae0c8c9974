# SPDX-License-Identifier: Apache-2.0
"""VS344: a binding of what is no role, or to what is no subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import BINDING
from velaserve_lint.rules.workloads.bindings import references
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class WrongReference(ManifestRule):
    """A ClusterRoleBinding gives ClusterRoles only."""

    id = "VS344"
    slug = "wrong-reference"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/rbac/validation/validation.go"
    title = Text("a wrong kind in a binding", "绑定中的类型错误")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Use one of the kinds that are possible.", "请使用允许的类型之一。")
    messages = sentences(
        wrong=Text(
            "{field} of a {kind} cannot be '{value}'; possible: {allowed}",
            "{kind} 的 {field} 不能为 '{value}'；可用：{allowed}",
        ),
    )
    kinds = frozenset({"ClusterRoleBinding", "RoleBinding"})
    bad = but(BINDING, "kind: Role\n", "kind: role\n")
    good = BINDING

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for at, allowed in references(manifest):
            if at.text and at.text not in allowed:
                field = ".".join(step for step in at.path[-2:] if isinstance(step, str))
                names = {"field": field, "value": at.text, "allowed": ", ".join(allowed)}
                yield cls.finding(at.place, "wrong", kind=manifest.kind, **names)
