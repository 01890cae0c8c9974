# SPDX-License-Identifier: Apache-2.0
"""VS143: numbers that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.scaling import disorders
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ContradictoryReplicas(Refusal):
    """Across a component and its traits: the one cannot see what the other says."""

    id = "VS143"
    slug = "contradictory-replicas"
    title = Text("numbers that contradict each other", "相互矛盾的数量")
    fix = Text("Raise the one or lower the other.", "请调大其中之一，或调小另一个。")
    messages = sentences(
        least=Text(
            "maxReplicas is {found}, below minReplicas, {limit}",
            "maxReplicas 为 {found}，小于 minReplicas 的 {limit}",
        ),
        more=Text(
            "maxReplicas is {found}, above minReplicas, {limit}: the trait autoscaler has both",
            "maxReplicas 为 {found}，大于 minReplicas 的 {limit}：请改用运维特征 autoscaler",
        ),
        fallback=Text(
            "fallback.replicas is {found}, above maxReplicas, {limit}",
            "fallback.replicas 为 {found}，大于 maxReplicas 的 {limit}",
        ),
        queue=Text(
            "alerts.queueDepth is {found}, never exceeded: {limit} requests may wait at most",
            "alerts.queueDepth 为 {found}，不可能超过：最多只有 {limit} 个请求等待",
        ),
        other=Text("the limit", "限制在此"),
    )
    bad = but(TRAITS, "maxReplicas: 4", "maxReplicas: 1")
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in disorders(application):
            place, other = (application.document.value(path) for path in (one.path, one.other))
            finding = cls.finding(place, one.message, found=one.found, limit=one.limit)
            yield finding.beside(other, "other")
