# SPDX-License-Identifier: Apache-2.0
"""VS423 (W13): metrics or targets that no HorizontalPodAutoscaler of KServe has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.autoscaling import scaled_by_hpa
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.examples import WITH_HPA, but
from velaserve_lint.rules.kserve.hpa import MESSAGES, problems
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class HpaMetrics(ManifestRule):
    """In Standard mode where the class is written; in Knative's with its class for HPAs."""

    id = "VS423"
    slug = "hpa-metrics"
    since = "0.1.0"
    source = "W13: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("a metric that an HPA does not have", "HPA 没有的指标")
    why = Text(
        "KServe's HPA scales by CPU and memory only, and the webhook refuses the rest.",
        "KServe 的 HPA 只按 CPU 和内存扩缩容，webhook 会拒绝其他指标。",
    )
    fix = Text(
        "Use cpu or memory and 1 to 100 %; for other metrics use the class keda.",
        "请使用 cpu 或 memory 以及 1 到 100 %；其他指标请改用 keda 类别。",
    )
    messages = MESSAGES
    bad = but(WITH_HPA, "scaleMetric: cpu", "scaleMetric: concurrency")
    good = WITH_HPA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in components_of(manifest) if scaled_by_hpa(manifest) else ():
            yield from findings(cls, problems(component.at, manifest.targets.kserve))
