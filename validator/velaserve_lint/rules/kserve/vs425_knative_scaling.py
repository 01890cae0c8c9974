# SPDX-License-Identifier: Apache-2.0
"""VS425 (W15): what only Standard mode has, in Knative mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.autoscaling import scaled_by_hpa
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import STANDARD, mode_of
from velaserve_lint.rules.kserve.examples import IN_KNATIVE, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.knative import MESSAGES, problems
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_STRATEGY = "    deploymentStrategy: {type: Recreate}\n    model:\n"


class KnativeScaling(ManifestRule):
    """A mode that KServe does not know counts as Knative here."""

    id = "VS425"
    slug = "knative-scaling"
    since = "0.1.0"
    source = "W15: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text(
        "a setting of Standard mode, in Knative mode", "Knative 模式下使用了 Standard 模式的设置"
    )
    why = Text("Knative rolls out and scales by itself.", "Knative 自行负责发布和扩缩容。")
    fix = Text(
        "Scale by concurrency or rps and leave deploymentStrategy out, or use Standard mode.",
        "请按 concurrency 或 rps 扩缩容并去掉 deploymentStrategy，或改用 Standard 模式。",
    )
    messages = MESSAGES
    bad = but(IN_KNATIVE, "    model:\n", _STRATEGY)
    good = IN_KNATIVE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        if mode_of(manifest) in (None, STANDARD) or scaled_by_hpa(manifest):
            return
        for component in components_of(manifest):
            yield from findings(cls, problems(component.at))
