# SPDX-License-Identifier: Apache-2.0
"""OBS-001: Prometheus finds the pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.rules.checklist.kinds import is_job
from velaserve_lint.rules.checklist.scraping import scraped_by
from velaserve_lint.rules.example_production import PRODUCTION, without
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class Metrics(ChecklistItem):
    """Whether the program has metrics behind that port, nobody can tell from here."""

    id = "OBS-001"
    slug = "metrics"
    weight = 6
    since = "0.1.0"
    source = "Prometheus Operator: PodMonitor, ServiceMonitor; KServe: Prometheus metrics"
    title = Text("metrics are collected", "会采集指标")
    why = Text(
        "What nobody measures fails unseen. What counts: annotations prometheus.io/scrape, "
        "KServe's enable-prometheus-scraping, a PodMonitor or a ServiceMonitor with its Service "
        "among what was read that select the pods, or OTEL_EXPORTER_OTLP_METRICS_ENDPOINT. Not "
        "applicable to jobs, which end before anybody asks.",
        "没有测量的故障无人看见。通过条件：prometheus.io/scrape 注解、KServe 的 "
        "enable-prometheus-scraping、读入文件中选中这些 Pod 的 PodMonitor，或 ServiceMonitor 及其 "
        "Service，或 OTEL_EXPORTER_OTLP_METRICS_ENDPOINT。不适用于任务。",
    )
    fix = Text(
        "Write a PodMonitor beside it; in an Application, add the trait monitoring.",
        "在旁边写一个 PodMonitor；在 Application 中添加 trait monitoring。",
    )
    messages = sentences(
        unseen=Text("nothing that was read collects their metrics", "没有任何内容采集其指标"),
        job=Text("a job ends by itself", "任务会自行结束"),
        also=ALSO,
    )
    bad = without("PodMonitor")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        if is_job(pod):
            yield spared(pod.spec.key, "job")
        elif found := next(scraped_by(pod, beside), None):
            yield passed(found.place)
        else:
            yield failed(pod.spec.key, "unseen")
