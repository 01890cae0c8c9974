# SPDX-License-Identifier: Apache-2.0
"""REL-002: containers say what they need and what they may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class Resources(ContainerItem):
    """A limit of CPU is left to taste: it slows down what could use a node that idles."""

    id = "REL-002"
    slug = "resources"
    weight = 8
    since = "0.1.0"
    source = "Kubernetes documentation: resource management for pods and containers"
    title = Text("containers have requests and limits", "容器写明资源请求与上限")
    why = Text(
        "Without requests a pod lands on a full node and is the first to be evicted; without a "
        "memory limit it takes its neighbours along. What counts: requests of cpu and memory (a "
        "limit stands for its request), and a limit of memory.",
        "没有请求，Pod 会被调度到已满的节点并最先被驱逐；没有内存上限，会拖垮同节点的其他 Pod。"
        "cpu 与 memory 的请求（上限可代替请求）以及 memory 上限齐全才算通过。",
    )
    fix = Text(
        "Write resources.requests of cpu and memory, and resources.limits of memory.",
        "写明 resources.requests 的 cpu 和 memory，以及 resources.limits 的 memory。",
    )
    messages = sentences(
        missing=Text("container '{name}' lacks {fields}", "容器 '{name}' 缺少 {fields}"),
        also=ALSO,
    )
    bad = changed("            limits: {memory: 2Gi}\n", "")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        requests, limits = container.requests, container.limits
        missing = [
            f"requests.{name}"
            for name in ("cpu", "memory")
            if requests.at(name).value is None and limits.at(name).value is None
        ]
        missing += ["limits.memory"] if limits.at("memory").value is None else []
        if missing:
            return failed(
                container.at.key, "missing", name=called(pod, container), fields=", ".join(missing)
            )
        return passed(limits.key)
