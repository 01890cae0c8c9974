# SPDX-License-Identifier: Apache-2.0
"""VS449 (L9): how fast to scale, said to what does not listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import WITH_KEDA, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.scaling import dropped_behavior
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


_BEHAVIOR = """\
      behavior:
        scaleDown: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}
"""


class ScalingBehavior(ManifestRule):
    """KEDA gets the two stabilization windows, and nothing else."""

    id = "VS449"
    slug = "scaling-behavior"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L9: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/{hpa,keda}"
    kinds = SERVICE
    title = Text("autoScaling.behavior that has no effect", "不起作用的 autoScaling.behavior")
    why = Text("KServe makes its HPAs without it.", "KServe 创建 HPA 时不使用它。")
    fix = Text(
        "Use the trait autoscaler with the class external, or stabilization windows with keda.",
        "请使用运维特征 autoscaler 和 external 类别，或在 keda 下使用稳定窗口。",
    )
    messages = sentences(
        dropped=Text("KServe drops {field}: it has no effect", "KServe 会丢弃 {field}：不起作用"),
    )
    bad = but(WITH_KEDA, "    autoScaling:\n", f"    autoScaling:\n{_BEHAVIOR}")
    good = WITH_KEDA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, dropped_behavior(manifest))
