# SPDX-License-Identifier: Apache-2.0
"""VS372: an autoscaler wants percent of a request that is not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import AUTOSCALER, SCALED_DEPLOYMENT, together
from velaserve_lint.rules.relations.metrics import followed, without_request
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_MEMORY = "            requests: {memory: 2Gi}\n"
_RESOURCES = """\
            requests: {cpu: "1", memory: 2Gi}
            limits: {cpu: "2", memory: 2Gi}
"""


class MetricWithoutRequest(RunRule):
    """A limit is a request, too; a LimitRange of the run may make one."""

    id = "VS372"
    slug = "metric-without-request"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/controller/podautoscaler/replica_calculator.go"
    title = Text("an autoscaler of percent without a request", "按百分比扩缩，但容器没有请求量")
    why = Text(
        "One container without the request is enough for the autoscaler to do nothing.",
        "只要有一个容器没有请求量，自动扩缩就不会工作。",
    )
    fix = Text("Add the request, or use AverageValue.", "请添加请求量，或使用 AverageValue。")
    messages = sentences(
        unrequested=Text(
            "container '{container}' requests no {resource}, of which percent are followed",
            "按 {resource} 请求量的百分比扩缩，但容器 '{container}' 没有请求 {resource}",
        ),
        container=Text("the container", "容器在此"),
    )
    bad = together(but(SCALED_DEPLOYMENT, _RESOURCES, _MEMORY), AUTOSCALER)
    good = together(SCALED_DEPLOYMENT, AUTOSCALER)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one, metric in followed(run):
            if not run.index.defines(["LimitRange"]):
                for container in without_request(run, one, metric):
                    names = {"resource": metric.resource, "container": container.name}
                    finding = cls.finding(metric.at.place, "unrequested", **names)
                    yield finding.beside(container.at.place, "container")
