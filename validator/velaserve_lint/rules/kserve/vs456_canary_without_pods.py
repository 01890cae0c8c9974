# SPDX-License-Identifier: Apache-2.0
"""VS456 (L16): a canary to be tried, without a pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.autoscaling import NONE, class_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.examples import with_canary
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class CanaryWithoutPods(ManifestRule):
    """The number of its pods is that share of the stable ones, rounded up: of 0 % that is 0."""

    id = "VS456"
    slug = "canary-without-pods"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L16: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/components/predictor.go"
    kinds = SERVICE
    title = Text("a canary without pods", "没有 Pod 的金丝雀")
    why = Text(
        "With the class none, a canary of 0 % gets no pods unless it asks for some.",
        "使用 none 类别时，0 % 的金丝雀若不声明副本数就没有 Pod。",
    )
    fix = Text("Give the canary minReplicas.", "请为金丝雀设置 minReplicas。")
    messages = sentences(
        none=Text(
            "a canary of 0 % without minReplicas has no pods",
            "0 % 的金丝雀未设 minReplicas 时没有 Pod",
        ),
    )
    bad = with_canary("labels: {release: next}")
    good = with_canary("minReplicas: 1")

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        stable = manifest.spec.at("predictor")
        if not is_standard(manifest) or class_of(manifest, stable) != NONE:
            return
        for canary in manifest.spec.at("canary").items():
            least = canary.at("predictor", "minReplicas")
            if canary.at("trafficPercent").number == 0 and least.value is None:
                yield cls.finding(canary.at("trafficPercent").place, "none")
