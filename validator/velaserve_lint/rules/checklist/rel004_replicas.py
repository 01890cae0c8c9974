# SPDX-License-Identifier: Apache-2.0
"""REL-004: another pod answers while one is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.counts import counts_of
from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class Replicas(ChecklistItem):
    """The fewest that there are: what a scaler may go down to counts."""

    id = "REL-004"
    slug = "replicas"
    weight = 6
    since = "0.1.0"
    source = "Kubernetes documentation: disruptions, dealing with disruptions"
    title = Text("there are at least two pods", "至少有两个 Pod")
    why = Text(
        "One pod is none while its node is drained, it crashes or is updated. What counts is the "
        "fewest there may be: replicas, minReplicas, or what a scaler in the run goes down to; "
        "nothing written is one. Not applicable to jobs and to what runs on each node.",
        "只有一个 Pod 时，节点排空、崩溃或更新期间就没有 Pod 可用。按最少数量计：replicas、"
        "minReplicas，或读入的伸缩器的下限；未写即为一个。不适用于任务和每节点一个的负载。",
    )
    fix = Text("Ask for two or more.", "至少要求两个。")
    messages = sentences(
        few=Text(
            "as few as {n} pod(s) of {part} may run, expected 2",
            "{part} 可能只有 {n} 个 Pod 在运行，应至少 2 个",
        ),
        other=Text("their number is no matter", "数量无关"),
        also=ALSO,
    )
    # With one pod, neither a spread nor a budget applies: only this one fails.
    bad = changed("  replicas: 3\n", "  replicas: 1\n")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        counts = counts_of(pod, beside)
        if counts is None:
            yield spared(pod.spec.key, "other")
        elif counts.fewest < 2:
            written = counts.at.value is not None
            place = counts.at.place if written else pod.spec.key
            yield failed(place, "few", n=counts.fewest, part=counts.part)
        else:
            yield passed(counts.at.place)
