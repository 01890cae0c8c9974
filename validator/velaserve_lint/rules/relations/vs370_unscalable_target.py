# SPDX-License-Identifier: Apache-2.0
"""VS370: an autoscaler of something that cannot be scaled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import AUTOSCALER, SCALED_DEPLOYMENT, together
from velaserve_lint.rules.relations.scaling import KINDS, SCALABLE, UNSCALABLE, has_other_group
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class UnscalableTarget(RunRule):
    """Of kinds that are not listed nothing is known: some have a scale subresource."""

    id = "VS370"
    slug = "unscalable-target"
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler"
    title = Text("an autoscaler of what cannot be scaled", "自动扩缩的目标不可扩缩")
    why = Text("It never scales: FailedGetScale.", "它永远不会扩缩：FailedGetScale。")
    fix = Text(
        "Name the Deployment or StatefulSet, with apiVersion: apps/v1.",
        "请写 Deployment 或 StatefulSet，并加上 apiVersion: apps/v1。",
    )
    messages = sentences(
        kind=Text("{kind} has no number of pods to scale", "{kind} 没有可扩缩的副本数"),
        group=Text(
            "there is no {kind} in apiVersion '{found}'; it is in '{wanted}'",
            "apiVersion '{found}' 中没有 {kind}；它在 '{wanted}' 中",
        ),
    )
    bad = together(SCALED_DEPLOYMENT, but(AUTOSCALER, "apps/v1,", "v1,"))
    good = together(SCALED_DEPLOYMENT, AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for manifest in run.index.of_kind(*KINDS):
            target = manifest.spec.at("scaleTargetRef")
            kind, version = target.at("kind"), target.at("apiVersion")
            if kind.text in UNSCALABLE:
                yield cls.finding(kind.place, "kind", kind=kind.text)
            elif has_other_group(manifest, kind.text, version.text):
                place = version.place if version.text else target.key
                said = {"found": version.text, "wanted": SCALABLE[kind.text]}
                yield cls.finding(place, "group", kind=kind.text, **said)
