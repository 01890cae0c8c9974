# SPDX-License-Identifier: Apache-2.0
"""VS461 (L21): an annotation that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import annotations_of
from velaserve_lint.rules.kserve.dead_annotations import MESSAGES, reason
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class DeadAnnotation(ManifestRule):
    """Some are read in one of the two modes only."""

    id = "VS461"
    slug = "dead-annotation"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L21: shared/reference/kserve.md section 2.3"
    kinds = SERVICE
    title = Text("an annotation without effect", "不起作用的注解")
    why = Text("It looks as if the service were scaled by it.", "看起来像是据此扩缩容，其实不然。")
    fix = Text(
        "Remove it; write scaleMetric, scaleTarget, minReplicas and maxReplicas instead.",
        "请删除；改写 scaleMetric、scaleTarget、minReplicas 和 maxReplicas。",
    )
    messages = MESSAGES
    bad = but(
        INFERENCE_SERVICE,
        "autoscalerClass: none",
        'autoscalerClass: none\n    serving.kserve.io/targetUtilizationPercentage: "80"',
    )
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for written in annotations_of(manifest):
            for key, value in written.entries():
                if why := reason(manifest, key):
                    yield cls.finding(value.key, why, name=key)
