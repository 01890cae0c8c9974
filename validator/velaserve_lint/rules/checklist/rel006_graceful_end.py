# SPDX-License-Identifier: Apache-2.0
"""REL-006: a pod that goes answers what still comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed
from velaserve_lint.rules.checklist.endings import ending_of
from velaserve_lint.rules.checklist.kinds import called, serving
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class GracefulEnd(ChecklistItem):
    """A delay before the container ends, and a grace period that is longer."""

    id = "REL-006"
    slug = "graceful-end"
    weight = 5
    since = "0.1.0"
    source = "Kubernetes documentation: termination of pods"
    title = Text("pods that go still answer", "退出中的 Pod 仍会应答")
    why = Text(
        "Requests still reach a pod that was told to end. What counts is a preStop hook of each "
        "container that others ask, or our server, which goes on answering, and a grace period "
        "above that delay. Not applicable where nobody asks.",
        "Pod 收到退出通知后数秒内仍有请求到达。每个被访问的容器有 preStop，或是我们会自行继续应答的"
        "服务器，且宽限期大于该延迟，才算通过。无人访问时不适用。",
    )
    fix = Text("Add lifecycle.preStop and a longer grace period.", "添加 preStop，并延长宽限期。")
    messages = sentences(
        sudden=Text("container '{name}' ends amid requests", "容器 '{name}' 在仍有请求时结束"),
        short=Text(
            "container '{name}' waits {delay} s and is killed after {grace} s",
            "容器 '{name}' 等待 {delay} 秒，却在 {grace} 秒后被杀死",
        ),
        also=ALSO,
    )
    bad = changed("          lifecycle: {preStop: {sleep: {seconds: 10}}}\n", "")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        for container in serving(pod, beside):
            ending = ending_of(pod, container)
            if ending is None:
                yield failed(container.at.key, "sudden", name=called(pod, container))
            elif ending.is_short:
                yield failed(ending.at.key, "short", name=called(pod, container), **ending.words)
            else:
                yield passed(ending.at.key)
