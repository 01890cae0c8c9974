# SPDX-License-Identifier: Apache-2.0
"""VS445 (L5): KEDA with nothing that could wake it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import INFERENCE_SERVICE, WITH_KEDA, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.scaling import without_trigger
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class KedaWithoutTrigger(ManifestRule):
    """Of each component: all of them get a ScaledObject."""

    id = "VS445"
    slug = "keda-without-trigger"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L5: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/keda"
    kinds = SERVICE
    title = Text("a ScaledObject that cannot work", "无法工作的 ScaledObject")
    why = Text(
        "KEDA refuses a ScaledObject without triggers; CPU and memory cannot wake what has no pod.",
        "KEDA 拒绝没有触发器的 ScaledObject；没有 Pod 时 CPU 和内存无法唤醒它。",
    )
    fix = Text(
        "Give autoScaling.metrics; from 0, one of type External or PodMetric.",
        "请给出 autoScaling.metrics；从 0 开始时需要 External 或 PodMetric 类型。",
    )
    messages = sentences(
        none=Text(
            "the class keda needs autoScaling.metrics: KEDA refuses to scale by nothing",
            "keda 类别需要 autoScaling.metrics：KEDA 拒绝没有指标的扩缩容",
        ),
        zero=Text(
            "from minReplicas 0, CPU and memory never wake the model",
            "minReplicas 为 0 时，CPU 和内存永远无法唤醒模型",
        ),
    )
    bad = but(INFERENCE_SERVICE, "Class: none", "Class: keda")
    good = WITH_KEDA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, without_trigger(manifest))
