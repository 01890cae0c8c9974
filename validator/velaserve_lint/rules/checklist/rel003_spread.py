# SPDX-License-Identifier: Apache-2.0
"""REL-003: pods that are not all on one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.counts import counts_of
from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.checklist.spreads import spreads
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class Spread(ChecklistItem):
    """A wish is enough: with a demand, a pod waits where there is no other node."""

    id = "REL-003"
    slug = "spread"
    weight = 5
    since = "0.1.0"
    source = "Kubernetes documentation: pod topology spread constraints, inter-pod anti-affinity"
    title = Text("pods are spread over nodes", "Pod 分散在多个节点")
    why = Text(
        "Replicas on one node go with it. What counts is a podAntiAffinity, wished or demanded, or "
        "a topologySpreadConstraint that selects the pods themselves. Not applicable to one pod.",
        "副本都在一个节点上，就会随它一起消失。选中这些 Pod 自身的 podAntiAffinity（首选或强制）"
        "或 topologySpreadConstraint 才算通过。只有一个 Pod 时不适用。",
    )
    fix = Text(
        "Add topologySpreadConstraints; in an Application, the trait high-availability.",
        "添加 topologySpreadConstraints；在 Application 中添加 trait high-availability。",
    )
    messages = sentences(
        together=Text(
            "all {n} pods of {part} may be on one node", "{part} 的 {n} 个 Pod 可能同处一个节点"
        ),
        one=Text("there is no second pod", "没有第二个 Pod"),
        also=ALSO,
    )
    bad = changed("            matchLabels: {app: digits}", "            matchLabels: {app: x}")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        counts = counts_of(pod, beside)
        if counts is None or counts.most < 2:
            yield spared(pod.spec.key, "one")
        elif found := next(spreads(pod), None):
            yield passed(found.key)
        else:
            yield failed(pod.spec.key, "together", n=counts.most, part=counts.part)
