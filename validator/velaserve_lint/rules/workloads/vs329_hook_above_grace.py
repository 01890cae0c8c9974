# SPDX-License-Identifier: Apache-2.0
"""VS329: a hook that sleeps longer than the pod has to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.seconds import grace
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_RESOURCES = "          resources:\n"
_HOOK = "          lifecycle: {preStop: {sleep: {seconds: 90}}}\n"


class HookAboveGrace(PodRule):
    """Of the hook `sleep`, which the API server looks at; commands are another rule's matter."""

    id = "VS329"
    slug = "hook-above-grace"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("a hook longer than the grace period", "钩子时长超过宽限期")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Raise terminationGracePeriodSeconds, or sleep less.",
        "请增大 terminationGracePeriodSeconds，或缩短睡眠时间。",
    )
    messages = sentences(
        above=Text(
            "the hook sleeps {sleep} s, but the pod has {grace} s to end",
            "钩子睡眠 {sleep} 秒，但 Pod 只有 {grace} 秒结束",
        ),
        negative=Text("the hook cannot sleep {sleep} s", "钩子不能睡眠 {sleep} 秒"),
        grace=Text("the time to end", "结束时限在此"),
    )
    bad = but(DEPLOYMENT, _RESOURCES, _HOOK + _RESOURCES)
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        most, written = grace(pod), pod.spec.at("terminationGracePeriodSeconds")
        for container in pod.containers:
            for at in reach(container.at, "lifecycle.*.sleep.seconds"):
                if at.number is not None and not 0 <= at.number <= max(most, 0):
                    message = "negative" if at.number < 0 else "above"
                    found = cls.finding(at.place, message, sleep=at.number, grace=most)
                    yield found.beside(written.place, "grace") if written.number else found
