# SPDX-License-Identifier: Apache-2.0
"""VS341: a part that is written and does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import NETWORK_POLICY
from velaserve_lint.rules.objects.idle import idle
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class WithoutEffect(ManifestRule):
    """Rules of a direction that a policy is not about; a spread that counts no pods."""

    id = "VS341"
    slug = "without-effect"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/api/pod/warnings.go; the API's description of NetworkPolicy"
    title = Text("a part without effect", "不起作用的部分")
    why = Text(
        "It is accepted; pods are not kept apart, or traffic not stopped, as it seems to say.",
        "会被接受；但 Pod 并未分散，或流量并未如其所示被阻止。",
    )
    fix = Text("Complete it, or remove it.", "请补全，或将其删除。")
    messages = sentences(
        direction=Text(
            "{field} rules count only where policyTypes names their direction",
            "只有 policyTypes 包含该方向时 {field} 规则才生效",
        ),
        placement=Text("without a {field} it counts no pods", "没有 {field} 就不会计入任何 Pod"),
    )
    bad = but(NETWORK_POLICY, "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]")
    good = NETWORK_POLICY

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at in idle(manifest):
            yield cls.finding(at.key, message, field=str(at.path[-1]))
