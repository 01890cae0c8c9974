# SPDX-License-Identifier: Apache-2.0
"""VS338: a disruption budget that lets no pod go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import BUDGET
from velaserve_lint.rules.workloads.portion import portion
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class BudgetBlocksDrains(ManifestRule):
    """By itself; whether as many replicas as must be available exist, a relation says."""

    id = "VS338"
    slug = "budget-blocks-drains"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, tasks/run-application/configure-pdb"
    title = Text("a disruption budget that lets no pod go", "不允许任何 Pod 离开的中断预算")
    why = Text(
        "No node with such a pod can be drained: upgrades of the cluster wait for ever.",
        "运行此类 Pod 的节点无法排空：集群升级会一直等待。",
    )
    fix = Text(
        "Let one pod be unavailable: maxUnavailable: 1.", "允许一个 Pod 不可用：maxUnavailable: 1。"
    )
    messages = sentences(
        blocked=Text(
            "{field} {value} lets no pod be evicted", "{field} {value} 不允许驱逐任何 Pod"
        ),
    )
    kinds = frozenset({"PodDisruptionBudget"})
    bad = but(BUDGET, "maxUnavailable: 1", "minAvailable: 100%")
    good = BUDGET

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        fewest, most = manifest.spec.at("minAvailable"), manifest.spec.at("maxUnavailable")
        least, missing = portion(fewest), portion(most)
        if least and least.is_percent and least.number >= 100:
            yield cls.finding(fewest.place, "blocked", field="minAvailable", value=fewest.text)
        if missing and missing.number == 0:
            value = str(most.value)
            yield cls.finding(most.place, "blocked", field="maxUnavailable", value=value)
