# SPDX-License-Identifier: Apache-2.0
"""VS340: a network policy that allows more than it seems to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import NETWORK_POLICY
from velaserve_lint.rules.workloads.peers import wider
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class PolicyWider(ManifestRule):
    """Items of a list are alternatives; an empty list is no restriction."""

    id = "VS340"
    slug = "policy-wider"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/services-networking/network-policies"
    title = Text("a network policy wider than it looks", "网络策略比看上去更宽松")
    why = Text("Traffic is let through that was to be stopped.", "本应阻止的流量会被放行。")
    fix = Text(
        "Put both selectors into one item; for nobody, leave the whole rule out.",
        "请把两个选择器写在同一项中；若不允许任何人，请去掉整条规则。",
    )
    messages = sentences(
        either=Text(
            "all of these namespaces, or these pods of its own: did you mean one item with both?",
            "表示这些命名空间的全部 Pod，或本命名空间的这些 Pod：是否应写在同一项中？",
        ),
        everyone=Text(
            "an empty list means everybody, not nobody", "空列表表示所有人，而不是没有人"
        ),
        ports=Text("an empty list means all ports, not none", "空列表表示所有端口，而不是没有端口"),
    )
    kinds = frozenset({"NetworkPolicy"})
    bad = but(NETWORK_POLICY, "          podSelector:\n", "        - podSelector:\n")
    good = NETWORK_POLICY

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at in wider(manifest):
            yield cls.finding(at.key, message)
