# SPDX-License-Identifier: Apache-2.0
"""VS443 (L3): no replicas, with an autoscaler that keeps one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.autoscaling import HPA
from velaserve_lint.rules.kserve.examples import WITHOUT_CLASS, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.scaling import scaled_by
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class NoScaleToZero(ManifestRule):
    """KEDA scales to zero; the class none keeps what is written."""

    id = "VS443"
    slug = "no-scale-to-zero"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L3: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/hpa"
    kinds = SERVICE
    title = Text("minReplicas 0 with an HPA", "HPA 下的 minReplicas 0")
    why = Text(
        "KServe makes 1 of it: an HPA has no way to 0.", "KServe 会把它改为 1：HPA 无法缩到 0。"
    )
    fix = Text(
        "Use the class keda to scale to zero, or write 1.", "要缩到零请使用 keda 类别，否则请写 1。"
    )
    messages = sentences(
        zero=Text("minReplicas 0 becomes 1 with an HPA", "使用 HPA 时 minReplicas 0 会变为 1"),
    )
    bad = but(WITHOUT_CLASS, "minReplicas: 2", "minReplicas: 0")
    good = WITHOUT_CLASS

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for at in scaled_by(manifest, HPA):
            if at.at("minReplicas").number == 0:
                yield cls.finding(at.at("minReplicas").place, "zero")
