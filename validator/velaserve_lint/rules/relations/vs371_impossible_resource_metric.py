# SPDX-License-Identifier: Apache-2.0
"""VS371: an autoscaler follows a resource that is not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import AUTOSCALER, SCALED_DEPLOYMENT, together
from velaserve_lint.rules.relations.metrics import MEASURED, followed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class ImpossibleResourceMetric(RunRule):
    """Accelerators are counted by the scheduler; how busy they are, only their exporters know."""

    id = "VS371"
    slug = "impossible-resource-metric"
    since = "0.1.0"
    source = "Kubernetes documentation, Resource metrics pipeline: CPU and memory"
    title = Text("an autoscaler follows a resource that is not measured", "自动扩缩的资源没有度量")
    why = Text(
        "The metrics API knows CPU and memory; for all else the autoscaler gets no value.",
        "度量 API 只有 CPU 和内存；对其他资源，自动扩缩得不到数值。",
    )
    fix = Text(
        "Follow cpu or memory, or a metric of type Pods or External.",
        "请使用 cpu 或 memory，或类型为 Pods 或 External 的指标。",
    )
    messages = sentences(
        unmeasured=Text(
            "'{resource}' is never measured: of resources, only cpu and memory are",
            "'{resource}' 不会被度量：资源中只有 cpu 和 memory 有度量",
        ),
    )
    bad = together(SCALED_DEPLOYMENT, but(AUTOSCALER, "name: cpu", "name: huawei.com/Ascend910"))
    good = together(SCALED_DEPLOYMENT, AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for _, metric in followed(run):
            if metric.resource not in MEASURED:
                yield cls.finding(metric.at.place, "unmeasured", resource=metric.resource)
