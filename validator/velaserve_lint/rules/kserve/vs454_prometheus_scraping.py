# SPDX-License-Identifier: Apache-2.0
"""VS454 (L14): an annotation that points Prometheus at a port of Knative's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import annotations_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


SCRAPING = "serving.kserve.io/enable-prometheus-scraping"


class PrometheusScraping(ManifestRule):
    """Of the InferenceService and of its components."""

    id = "VS454"
    slug = "prometheus-scraping"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L14: KServe v0.20.0 pkg/webhook/admission/pod/metrics_aggregate_injector.go"
    kinds = SERVICE
    title = Text("Prometheus is sent to a port that is not there", "Prometheus 被指向不存在的端口")
    why = Text(
        "KServe sets prometheus.io/port to 9091 or 9088, ports of Knative's queue-proxy.",
        "KServe 会把 prometheus.io/port 设为 9091 或 9088，即 Knative 的 queue-proxy 的端口。",
    )
    fix = Text(
        "Write prometheus.io/scrape, port and path into the annotations of the component.",
        "请在组件的 annotations 中写明 prometheus.io/scrape、port 和 path。",
    )
    messages = sentences(
        port=Text("nothing answers on the port that this sets", "它设置的端口无人应答"),
    )
    bad = but(
        INFERENCE_SERVICE,
        "autoscalerClass: none",
        'autoscalerClass: none\n    serving.kserve.io/enable-prometheus-scraping: "true"',
    )
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for written in annotations_of(manifest) if is_standard(manifest) else ():
            if written.at(SCRAPING).text == "true":
                yield cls.finding(written.at(SCRAPING).key, "port")
