# SPDX-License-Identifier: Apache-2.0
"""VS457 (L17): a server that wants more time to end than its pod gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.draining import drains
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class CutOffDrain(RunRule):
    """Of velaserve's server, by its variable or by that of its runtime."""

    id = "VS457"
    slug = "cut-off-drain"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L17: shared/reference/kserve.md section 1.6"
    title = Text("the pod is killed before the server has ended", "服务尚未结束 Pod 就被杀死")
    why = Text(
        "Requests that are in flight when the pod is killed are lost.",
        "Pod 被杀死时仍在处理的请求会丢失。",
    )
    fix = Text(
        "Raise terminationGracePeriodSeconds, or lower VELASERVE_GRACE_PERIOD_S.",
        "请增大 terminationGracePeriodSeconds，或减小 VELASERVE_GRACE_PERIOD_S。",
    )
    messages = sentences(
        short=Text(
            "the server takes up to {wanted} s to end, the pod gets {given} s",
            "服务最多需要 {wanted} 秒结束，而 Pod 只有 {given} 秒",
        ),
    )
    bad = but(
        INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 2\n    terminationGracePeriodSeconds: 10"
    )
    good = but(
        INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 2\n    terminationGracePeriodSeconds: 60"
    )

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for manifest in run.manifests:
            if (drain := drains(manifest, runtimes)) and drain.wanted > drain.given:
                yield cls.finding(drain.place, "short", wanted=drain.wanted, given=drain.given)
