# SPDX-License-Identifier: Apache-2.0
"""VS332: a roll-out that can never go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.updates import problems
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_ZERO = "  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}\n"


class StuckRollout(ManifestRule):
    """Whether there is a spare accelerator for a pod too many is another rule's matter."""

    id = "VS332"
    slug = "stuck-rollout"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/apps/validation/validation.go"
    title = Text("a roll-out that cannot go on", "无法推进的滚动更新")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Let one pod be missing (maxUnavailable: 1) or one too many (maxSurge: 1).",
        "允许少一个 Pod（maxUnavailable: 1）或多一个 Pod（maxSurge: 1）。",
    )
    messages = sentences(
        stuck=Text(
            "no pod may be missing and none too many: nothing can be replaced",
            "既不允许少一个 Pod 也不允许多一个：无法替换任何 Pod",
        ),
        both=Text(
            "a DaemonSet's pods may be missing or too many, not both: set maxUnavailable to 0",
            "DaemonSet 的 Pod 只能缺少或超出其一：请将 maxUnavailable 设为 0",
        ),
        excess=Text("{value} is more than all pods", "{value} 超过了全部 Pod"),
        format=Text(
            "'{value}' is neither a number nor a percentage", "'{value}' 既不是数字也不是百分比"
        ),
    )
    kinds = frozenset({"DaemonSet", "Deployment", "StatefulSet"})
    bad = but(DEPLOYMENT, "  replicas: 2\n", f"  replicas: 2\n{_ZERO}")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at in problems(manifest):
            yield cls.finding(at.place, message, value=str(at.value))
