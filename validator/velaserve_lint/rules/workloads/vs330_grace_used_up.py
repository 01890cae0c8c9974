# SPDX-License-Identifier: Apache-2.0
"""VS330: all the time that a pod has to end passes before its program is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.drain import waits
from velaserve_lint.rules.workloads.seconds import grace
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_RESOURCES = "          resources:\n"
_HOOK = '          lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 60"]}}}\n'


class GraceUsedUp(PodRule):
    """What a hook waits, and what velaserve still serves, counts against the grace period."""

    id = "VS330"
    slug = "grace-used-up"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/workloads/pods/pod-lifecycle"
    title = Text("nothing is left of the grace period", "宽限期已被用尽")
    why = Text(
        "The container is killed while it answers: clients see broken connections at each update.",
        "容器会在处理请求时被强制终止：每次更新客户端都会遇到连接中断。",
    )
    fix = Text(
        "Raise terminationGracePeriodSeconds above the sum, with time to answer what runs.",
        "请将 terminationGracePeriodSeconds 提高到总和以上，并留出处理在途请求的时间。",
    )
    messages = sentences(
        used=Text(
            "{wait} s pass before the container ends, but the pod has {grace} s",
            "容器结束前要经过 {wait} 秒，但 Pod 只有 {grace} 秒",
        ),
    )
    bad = but(DEPLOYMENT, _RESOURCES, _HOOK + _RESOURCES)
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        most = grace(pod)
        for container in pod.main:
            found = list(waits(pod, container))
            if found and (wait := sum(one.seconds for one in found)) >= most:
                longest = max(found, key=lambda one: one.seconds).at
                yield cls.finding(longest.place, "used", wait=f"{wait:g}", grace=most)
