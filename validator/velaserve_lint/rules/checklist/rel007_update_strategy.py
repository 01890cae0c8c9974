# SPDX-License-Identifier: Apache-2.0
"""REL-007: an update leaves pods that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.checklist.updates import interruption, strategy_of
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class UpdateStrategy(ChecklistItem):
    """Kubernetes' own default, RollingUpdate, is a good one."""

    id = "REL-007"
    slug = "update-strategy"
    weight = 5
    since = "0.1.0"
    source = "Kubernetes documentation: Deployments, strategy; StatefulSets, update strategies"
    title = Text("an update replaces pods one after the other", "更新时逐步替换 Pod")
    why = Text(
        "An update must not be an outage. What counts is a rolling update, which is the default, "
        "that may not take all pods at a time; Recreate ends all old pods first, OnDelete waits "
        "for somebody to delete them. Not applicable to bare pods and jobs.",
        "更新不应造成中断。滚动更新（默认）且不会一次带走全部 Pod 才算通过；Recreate 先结束所有旧 "
        "Pod，OnDelete 则等待人工删除。不适用于裸 Pod 和任务。",
    )
    fix = Text(
        "Use RollingUpdate with a maxUnavailable below the number of pods.",
        "使用 RollingUpdate，且 maxUnavailable 小于 Pod 数量。",
    )
    messages = sentences(
        type=Text(
            "{found} interrupts the service, or waits for you", "{found} 会中断服务或等待人工操作"
        ),
        all=Text("an update may take all pods at a time", "更新可能一次带走所有 Pod"),
        none=Text("there is no update of these", "这类负载没有更新"),
        also=ALSO,
    )
    bad = changed("  replicas: 3\n", "  replicas: 3\n  strategy: {type: Recreate}\n")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        strategy = strategy_of(pod)
        if strategy is None:
            yield spared(pod.spec.key, "none")
        elif found := interruption(pod, strategy, beside):
            yield failed(found.at.place, found.message, found=found.at.text)
        else:
            yield passed(strategy.place)
