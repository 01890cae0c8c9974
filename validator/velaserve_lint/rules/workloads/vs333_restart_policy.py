# SPDX-License-Identifier: Apache-2.0
"""VS333: a restart policy that the kind does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import CRON_JOB
from velaserve_lint.rules.workloads.restarts import allowed_policies
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod


class RestartPolicy(PodRule):
    """Jobs must say one: by default containers are restarted for ever."""

    id = "VS333"
    slug = "restart-policy"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/{apps,batch}/validation/validation.go"
    title = Text("a restart policy that the kind does not take", "该类型不支持的重启策略")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Use one of the policies that the kind takes.", "请使用该类型支持的策略。")
    messages = sentences(
        missing=Text(
            "a {kind} needs a restartPolicy: {allowed}", "{kind} 需要 restartPolicy：{allowed}"
        ),
        wrong=Text(
            "the restartPolicy of a {kind} is {allowed}, found {policy}",
            "{kind} 的 restartPolicy 应为 {allowed}，实为 {policy}",
        ),
    )
    bad = but(CRON_JOB, "restartPolicy: OnFailure", "restartPolicy: Always")
    good = CRON_JOB

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        allowed, kind = allowed_policies(pod.manifest), pod.manifest.kind
        policy = pod.spec.at("restartPolicy")
        names = {"kind": kind, "allowed": " / ".join(allowed), "policy": policy.text}
        if policy.text and allowed and policy.text not in allowed:
            yield cls.finding(policy.place, "wrong", **names)
        elif policy.value is None and "Never" in allowed and pod.spec.mapping:
            yield cls.finding(pod.spec.key, "missing", **names)
