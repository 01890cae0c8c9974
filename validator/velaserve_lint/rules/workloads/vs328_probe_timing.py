# SPDX-License-Identifier: Apache-2.0
"""VS328: probes whose times contradict each other or the roll-out's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.timings import clashes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_LIVE = "httpGet: {path: /v2/health/live, port: http}"


class ProbeTiming(PodRule):
    """A time-out far above the period, and a start that may take longer than a roll-out."""

    id = "VS328"
    slug = "probe-timing"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/kubelet/prober/worker.go, pkg/controller/deployment"
    title = Text("times of a probe that do not fit", "探针的时间设置互相矛盾")
    why = Text(
        "A probe comes less often than was asked for; a roll-out fails while its pods still start.",
        "探测频率低于设定；或 Pod 仍在启动时滚动更新就被判为失败。",
    )
    fix = Text(
        "Make the first of the two smaller, or the other larger.", "请减小前者，或增大后者。"
    )
    messages = sentences(
        timeout=Text(
            "a probe may take {first} s, but one is due every {second} s; are they swapped?",
            "一次探测最多 {first} 秒，但每 {second} 秒就要探测一次；两者是否写反了？",
        ),
        deadline=Text(
            "the container may take {first} s to start, the roll-out fails after {second} s",
            "容器最多可用 {first} 秒启动，而滚动更新在 {second} 秒后即判为失败",
        ),
    )
    bad = but(DEPLOYMENT, _LIVE, f"{_LIVE}\n            timeoutSeconds: 300")
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        for message, place, first, second in clashes(pod):
            yield cls.finding(place, message, first=first, second=second)
