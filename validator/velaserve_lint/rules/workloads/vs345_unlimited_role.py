# SPDX-License-Identifier: Apache-2.0
"""VS345: a role that gives everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import ROLE
from velaserve_lint.rules.workloads.powers import unlimited
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class UnlimitedRole(ManifestRule):
    """Every resource, or everything about those that make one powerful."""

    id = "VS345"
    slug = "unlimited-role"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/security/rbac-good-practices"
    title = Text("a role without limits", "权限不受限制的角色")
    why = Text(
        "It covers secrets, and resources that are added later.",
        "它包含 Secret，以及以后新增的资源。",
    )
    fix = Text("List what is needed.", "请列出所需的权限。")
    messages = sentences(
        resources=Text(
            "{given} on every resource, secrets too", "对所有资源（包括 Secret）：{given}"
        ),
        verbs=Text("everything may be done with {given}", "对 {given} 可做任何操作"),
    )
    kinds = frozenset({"ClusterRole", "Role"})
    bad = but(ROLE, "resources: [configmaps]", 'resources: ["*"]')
    good = ROLE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at, given in unlimited(manifest):
            yield cls.finding(at.place, message, given=given)
