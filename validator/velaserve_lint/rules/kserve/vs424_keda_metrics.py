# SPDX-License-Identifier: Apache-2.0
"""VS424 (W14): metrics that KServe does not hand to KEDA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.autoscaling import KEDA, written_class
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.examples import WITH_KEDA, but
from velaserve_lint.rules.kserve.keda import MESSAGES, problems
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class KedaMetrics(ManifestRule):
    """Only in Standard mode: in Knative mode the class keda is taken and ignored."""

    id = "VS424"
    slug = "keda-metrics"
    since = "0.1.0"
    source = "W14: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("metrics that KEDA cannot scale by", "KEDA 无法据以扩缩容的指标")
    why = Text(
        "KServe makes a ScaledObject of autoScaling, and refuses what would not become one.",
        "KServe 用 autoScaling 生成 ScaledObject，并拒绝无法生成的内容。",
    )
    fix = Text(
        "Give each metric its query and threshold; CPU a Utilization from 1 to 100.",
        "请为每个指标给出 query 和阈值；CPU 使用 1 到 100 的 Utilization。",
    )
    messages = MESSAGES
    bad = but(WITH_KEDA, 'value: "20"', 'averageValue: "20"')
    good = WITH_KEDA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        if is_standard(manifest) and written_class(manifest) == KEDA:
            for component in components_of(manifest):
                yield from findings(cls, problems(component.at))
