# SPDX-License-Identifier: Apache-2.0
"""REL-001: somebody asks whether a container is ready and alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.checklist.kinds import called, is_job
from velaserve_lint.rules.checklist.probes import missing, probed
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class Probes(ChecklistItem):
    """Of containers that others ask; of a pod that nobody asks, one alive is enough."""

    id = "REL-001"
    slug = "probes"
    weight = 8
    since = "0.1.0"
    source = "Kubernetes documentation: liveness, readiness and startup probes"
    title = Text("probes tell whether containers work", "探针说明容器是否正常")
    why = Text(
        "Without readiness, requests reach a pod that cannot answer; without liveness, one that "
        "hangs stays. What takes long to start (a model, an accelerator, a liveness probe that "
        "waits 30 seconds) needs a startup probe, too. Not applicable to jobs.",
        "没有就绪探针，请求会到达无法应答的 Pod；没有存活探针，卡死的 Pod 会一直留着。启动慢的"
        "（模型、加速卡，或存活探针等待 30 秒以上）还需要启动探针。不适用于任务。",
    )
    fix = Text(
        "Add the probes that are named; in an Application, by probes.mode rendered.",
        "添加所列探针；在 Application 中使用 probes.mode rendered。",
    )
    messages = sentences(
        missing=Text("container '{name}' has no {probes}", "容器 '{name}' 没有 {probes}"),
        job=Text("a job ends by itself", "任务会自行结束"),
        also=ALSO,
    )
    bad = changed("          readinessProbe:\n", "          startupProbe:\n")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        if is_job(pod):
            yield spared(pod.spec.key, "job")
            return
        for container in probed(pod, beside):
            if found := ", ".join(missing(pod, container)):
                yield failed(container.at.key, "missing", name=called(pod, container), probes=found)
            else:
                yield passed(container.at.key)
