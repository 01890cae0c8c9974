# SPDX-License-Identifier: Apache-2.0
"""OBS-003: requests can be followed from service to service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.finding import Severity
from velaserve_lint.rules.checklist.kinds import serving
from velaserve_lint.rules.checklist.traces import traced_by
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class Tracing(ChecklistItem):
    """An exporter cannot know by itself where traces go: what is not said is not there."""

    id = "OBS-003"
    slug = "tracing"
    severity = Severity.INFO
    weight = 2
    since = "0.1.0"
    source = "OpenTelemetry specification: environment variables, OTLP exporter configuration"
    title = Text("requests are traced", "请求可追踪")
    why = Text(
        "Which of ten services made a request slow, only a trace tells. What counts: a variable "
        "with an exporter's address (OTEL_EXPORTER_OTLP_ENDPOINT and those of Jaeger, Zipkin, "
        "Datadog), a flag about OTLP, an annotation that injects one, or a collector in the pod; "
        "OTEL_TRACES_EXPORTER none or OTEL_SDK_DISABLED undo it. Our own server exports no traces "
        "yet. Not applicable where nobody asks.",
        "十个服务中是谁拖慢了请求，只有追踪能说明。通过条件：含导出地址的环境变量"
        "（OTEL_EXPORTER_OTLP_ENDPOINT 及 Jaeger、Zipkin、Datadog 的变量）、OTLP 参数、注入注解，"
        "或 Pod 内的 collector；OTEL_TRACES_EXPORTER 为 none 或 OTEL_SDK_DISABLED 则不算。"
        "我们的服务器尚不导出追踪。无人访问时不适用。",
    )
    fix = Text("Name the collector: OTEL_EXPORTER_OTLP_ENDPOINT.", "用该变量写明 collector 地址。")
    messages = sentences(
        untraced=Text("nothing says where traces go", "没有说明追踪数据发往何处"),
        unasked=Text("nobody asks the pods", "无人访问这些 Pod"),
        also=ALSO,
    )
    bad = changed("OTEL_EXPORTER_OTLP_ENDPOINT", "COLLECTOR")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        if not list(serving(pod, beside)):
            yield spared(pod.spec.key, "unasked")
        elif found := next(traced_by(pod), None):
            yield passed(found.place)
        else:
            yield failed(pod.spec.key, "untraced")
