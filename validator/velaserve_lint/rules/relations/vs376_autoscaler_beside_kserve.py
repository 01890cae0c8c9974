# SPDX-License-Identifier: Apache-2.0
"""VS376: an autoscaler of a Deployment that KServe scales itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.relations.examples import AUTOSCALER, together
from velaserve_lint.rules.relations.kserve import scaled_by_kserve
from velaserve_lint.rules.relations.scaling import autoscalers
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_OWN = but(AUTOSCALER, "kind: Deployment, name: digits", "kind: Deployment, name: digits-predictor")


class AutoscalerBesideKServe(RunRule):
    """In Standard mode KServe makes an HPA, or keeps minReplicas, unless the class is external."""

    id = "VS376"
    slug = "autoscaler-beside-kserve"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/kserve.md section 2.3; KServe v0.20.0 hpa_reconciler.go"
    title = Text("an autoscaler beside that of KServe", "与 KServe 冲突的自动扩缩")
    why = Text("Both set the number of pods, by turns.", "两者会交替修改副本数。")
    fix = Text(
        "Annotate the InferenceService with serving.kserve.io/autoscalerClass: external.",
        "请在 InferenceService 上添加注解 serving.kserve.io/autoscalerClass: external。",
    )
    messages = sentences(
        both=Text(
            "KServe scales '{target}' itself (autoscalerClass: {scaler})",
            "KServe 会自行扩缩 '{target}'（autoscalerClass: {scaler}）",
        ),
        kept=Text(
            "KServe keeps '{target}' at its minReplicas (autoscalerClass: {scaler})",
            "KServe 会让 '{target}' 保持在 minReplicas（autoscalerClass: {scaler}）",
        ),
        service=Text("its InferenceService", "对应的 InferenceService"),
    )
    bad = together(INFERENCE_SERVICE, _OWN)
    good = together(but(INFERENCE_SERVICE, "Class: none", "Class: external"), _OWN)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in autoscalers(run):
            if found := scaled_by_kserve(run, one.target):
                names = {"target": one.target.name, "scaler": found.scaler}
                message = "kept" if found.scaler == "none" else "both"
                yield cls.finding(one.at.place, message, **names).beside(found.place, "service")
