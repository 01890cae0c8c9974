# SPDX-License-Identifier: Apache-2.0
"""VS442 (L2): a metric that an HPA drops, to scale by CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import WITHOUT_CLASS, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.scaling import replaced_metrics
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class ScaledByCpu(ManifestRule):
    """Where the class hpa is written, KServe refuses it."""

    id = "VS442"
    slug = "scaled-by-cpu"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L2: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/hpa"
    kinds = SERVICE
    title = Text("a metric that is silently replaced by CPU", "指标被悄悄替换为 CPU")
    why = Text(
        "Without a class there is an HPA; it drops other metrics and scales at 80 % of the CPU.",
        "未指定类别时使用 HPA；它会丢弃其他指标，按 CPU 的 80 % 扩缩容。",
    )
    fix = Text(
        "Use the class keda with a query, or cpu and memory.",
        "请使用 keda 类别和查询，或使用 cpu 和 memory。",
    )
    messages = sentences(
        metric=Text(
            "an HPA does not scale by {found}: it will use 80 % of the CPU",
            "HPA 不能按 {found} 扩缩容：将使用 CPU 的 80 %",
        ),
        source=Text("an HPA drops metrics of type {found}", "HPA 会丢弃 {found} 类型的指标"),
    )
    bad = but(WITHOUT_CLASS, "scaleMetric: cpu", "scaleMetric: concurrency")
    good = WITHOUT_CLASS

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, replaced_metrics(manifest))
