# SPDX-License-Identifier: Apache-2.0
"""VS373: an autoscaler follows a container that is not in the pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import (
    CONTAINER_AUTOSCALER,
    SCALED_DEPLOYMENT,
    together,
)
from velaserve_lint.rules.relations.metrics import container_names, followed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class MetricOfMissingContainer(RunRule):
    """A sidecar that a webhook adds is not in the manifest: a warning."""

    id = "VS373"
    slug = "metric-of-missing-container"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/controller/podautoscaler/metrics/client.go"
    title = Text("an autoscaler of a container that is not there", "自动扩缩的容器不存在")
    why = Text(
        "Without its metrics the autoscaler does nothing.", "没有它的度量，自动扩缩不会工作。"
    )
    fix = Text("Use the name of a container of the pods.", "请使用 Pod 中容器的名称。")
    messages = sentences(
        absent=Text(
            "{kind} '{name}' has no container '{container}', only: {containers}",
            "{kind} '{name}' 没有容器 '{container}'，只有：{containers}",
        ),
    )
    bad = together(SCALED_DEPLOYMENT, but(CONTAINER_AUTOSCALER, ": server", ": serve"))
    good = together(SCALED_DEPLOYMENT, CONTAINER_AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one, metric in followed(run):
            names = container_names(run, one)
            if names and metric.container and metric.container not in names:
                said = {"container": metric.container, "containers": ", ".join(names)}
                kind, name = one.target.kinds[0], one.target.name
                place = metric.container_at.place
                yield cls.finding(place, "absent", kind=kind, name=name, **said)
