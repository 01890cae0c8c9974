# SPDX-License-Identifier: Apache-2.0
"""SEC-007: a network policy says who may ask the pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed
from velaserve_lint.rules.example_production import PRODUCTION, without
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod


class NetworkPolicy(ChecklistItem):
    """One in the run that selects the pods; whether it lets the right ones in, nobody can tell."""

    id = "SEC-007"
    slug = "network-policy"
    weight = 6
    since = "0.1.0"
    source = "Kubernetes documentation: network policies"
    title = Text("a network policy guards the pods", "有网络策略保护 Pod")
    why = Text(
        "Without one, every pod of the cluster may ask. What counts is a NetworkPolicy among what "
        "was read whose podSelector selects the pods and which is about Ingress; the network of "
        "the cluster has to enforce it.",
        "没有网络策略，集群中的任何 Pod 都可以访问。读入的文件中有一个 NetworkPolicy，其 "
        "podSelector 选中这些 Pod 且涉及 Ingress，才算通过；还需集群网络支持。",
    )
    fix = Text(
        "Write a NetworkPolicy; in an Application, add the trait network-policy.",
        "编写 NetworkPolicy；在 Application 中添加 trait network-policy。",
    )
    messages = sentences(
        open=Text(
            "no NetworkPolicy among what was read selects the pods",
            "读入的文件中没有 NetworkPolicy 选中这些 Pod",
        ),
        also=ALSO,
    )
    bad = without("NetworkPolicy")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        found = next(filter(_guards, beside.selecting("NetworkPolicy", pod)), None)
        yield passed(found.root.at("kind").place) if found else failed(pod.spec.key, "open")


def _guards(policy: Manifest) -> bool:
    """Without policyTypes it is about Ingress in any case."""
    types = [one.text for one in policy.spec.at("policyTypes").items()]
    return not types or "Ingress" in types
