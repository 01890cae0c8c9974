# SPDX-License-Identifier: Apache-2.0
"""REL-005: drains take pods one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.counts import counts_of
from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.example_production import PRODUCTION, without
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class DisruptionBudget(ChecklistItem):
    """One in the run that selects the pods."""

    id = "REL-005"
    slug = "disruption-budget"
    weight = 5
    since = "0.1.0"
    source = "Kubernetes documentation: specifying a disruption budget for your application"
    title = Text("a disruption budget counts the pods", "有干扰预算")
    why = Text(
        "Who drains several nodes at a time takes all pods at a time. What counts is a "
        "PodDisruptionBudget among what was read whose selector selects the pods. Not applicable "
        "where there is one pod at most: a budget could only forbid its drain.",
        "同时排空多个节点会同时带走所有 Pod。读入的文件中有 PodDisruptionBudget 选中这些 Pod 才算"
        "通过。最多只有一个 Pod 时不适用：预算只会阻止排空。",
    )
    fix = Text(
        "Write a PodDisruptionBudget; in an Application, add the trait high-availability.",
        "编写 PodDisruptionBudget；在 Application 中添加 trait high-availability。",
    )
    messages = sentences(
        missing=Text(
            "no PodDisruptionBudget among what was read counts the {n} pods of {part}",
            "读入的文件中没有 PodDisruptionBudget 覆盖 {part} 的 {n} 个 Pod",
        ),
        one=Text("there is no second pod", "没有第二个 Pod"),
        also=ALSO,
    )
    bad = without("PodDisruptionBudget")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        counts = counts_of(pod, beside)
        if counts is None or counts.most < 2:
            yield spared(pod.spec.key, "one")
        elif budget := next(beside.selecting("PodDisruptionBudget", pod), None):
            yield passed(budget.root.at("kind").place)
        else:
            yield failed(pod.spec.key, "missing", n=counts.most, part=counts.part)
