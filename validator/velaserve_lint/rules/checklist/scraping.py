# SPDX-License-Identifier: Apache-2.0
"""Who collects the metrics of a pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

# The second one is KServe's, which writes the first.
_ANNOTATIONS = ("prometheus.io/scrape", "serving.kserve.io/enable-prometheus-scraping")
_EXPORTERS = ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",)


def scraped_by(pod: Pod, beside: Beside) -> Iterator[Cursor]:
    """The annotations, variables and monitors that say so."""
    for key in _ANNOTATIONS:
        found = pod.annotations.get(key)
        if found and str(found.value).lower() == "true":
            yield found
    for container in pod.main:
        yield from (container.env[name] for name in _EXPORTERS if name in container.env)
    for monitor in beside.selecting("PodMonitor", pod):
        yield monitor.root.at("kind")
    for service in beside.selecting("Service", pod):
        labels = {key: str(value.value) for key, value in service.labels.entries()}
        for monitor in beside.selecting_labels("ServiceMonitor", labels, service.namespace):
            yield monitor.root.at("kind")
