# SPDX-License-Identifier: Apache-2.0
"""VS412 (W02): an autoscaler class that KServe does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.autoscaling import AUTOSCALER_CLASS, CLASSES
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.words import REFUSED
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class AutoscalerClass(ManifestRule):
    """Whatever the deployment mode: `kpa`, too, is refused."""

    id = "VS412"
    slug = "autoscaler-class"
    since = "0.1.0"
    source = "W02: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("an unknown autoscaler class", "未知的自动扩缩容类别")
    why = REFUSED
    fix = Text(
        "Use hpa, keda, external or none; in Knative mode leave the annotation out.",
        "请使用 hpa、keda、external 或 none；Knative 模式下请去掉该注解。",
    )
    messages = sentences(
        unknown=Text(
            "autoscalerClass '{found}' is none of {classes}",
            "autoscalerClass '{found}' 不在 {classes} 之中",
        ),
    )
    bad = but(INFERENCE_SERVICE, "autoscalerClass: none", "autoscalerClass: kpa")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        found = manifest.annotations.at(AUTOSCALER_CLASS)
        if isinstance(found.value, str) and found.value not in CLASSES:
            yield cls.finding(found.place, "unknown", found=found.value, classes=", ".join(CLASSES))
