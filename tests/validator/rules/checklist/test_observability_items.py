# SPDX-License-Identifier: Apache-2.0
"""OBS-001 to OBS-003: what counts, beyond the examples of each."""

from __future__ import annotations

import pytest

from support.checklist import FAIL, NOT_APPLICABLE, PASS, outcome
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.example_production import changed, without

LABELS = "      labels: {app: digits}\n"
ARGS = "          args: [--log-format=json]\n"
EXPORTER = (
    '            - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://collector.monitoring:4317"}\n'
)
SERVICE = """\
---
apiVersion: v1
kind: Service
metadata: {name: digits, labels: {team: vision}}
spec: {selector: {app: digits}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: digits}
spec: {selector: {matchLabels: {team: vision}}, endpoints: [{port: http}]}
"""
UNSEEN = without("PodMonitor")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UNSEEN, FAIL),
        (
            UNSEEN.replace(
                LABELS, f'{LABELS}      annotations: {{prometheus.io/scrape: "true"}}\n'
            ),
            PASS,
        ),
        (
            UNSEEN.replace(
                LABELS, f'{LABELS}      annotations: {{prometheus.io/scrape: "false"}}\n'
            ),
            FAIL,
        ),
        (UNSEEN + SERVICE, PASS),
        (UNSEEN + but(SERVICE, "matchLabels: {team: vision}", "matchLabels: {team: voice}"), FAIL),
        (UNSEEN + but(SERVICE, "selector: {app: digits}", "selector: {app: letters}"), FAIL),
        (UNSEEN.replace("OTLP_ENDPOINT", "OTLP_METRICS_ENDPOINT"), PASS),
        (INFERENCE_SERVICE, FAIL),
        (
            but(
                INFERENCE_SERVICE,
                "  annotations:\n",
                '  annotations:\n    serving.kserve.io/enable-prometheus-scraping: "true"\n',
            ),
            PASS,
        ),
    ],
)
def test_metrics(text: str, expected: str) -> None:
    assert outcome("OBS-001", text) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("metadata: {name: digits, namespace: monitoring}", FAIL),
        ("metadata: {name: digits, namespace: shop}", PASS),
    ],
)
def test_a_monitor_of_another_namespace(where: str, expected: str) -> None:
    monitor = "kind: PodMonitor\nmetadata:\n  name: digits\n"
    text = changed(monitor, f"kind: PodMonitor\n{where}\n")
    text = but(
        text, "kind: Deployment\nmetadata:\n", "kind: Deployment\nmetadata:\n  namespace: shop\n"
    )

    assert outcome("OBS-001", text) == expected
    for chosen in ("{any: true}", "{matchNames: [shop]}"):
        named = text.replace(
            "spec:\n  selector:\n    matchLabels: {app: digits}\n  podM",
            f"spec:\n  namespaceSelector: {chosen}\n  selector: {{}}\n  podM",
        )
        assert outcome("OBS-001", named) == PASS


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ("--log-format=json", PASS),
        ("--log-format, json", PASS),
        ("--log.format=logfmt", PASS),
        ("--zap-encoder=console", FAIL),
        ("-logging_style=TEXT", FAIL),
        ("--json-logs", PASS),
        ("--json-logs=false", FAIL),
        ("--log-level=debug", NOT_APPLICABLE),
        ("--catalog-format=text", NOT_APPLICABLE),
        ("--log-format=$(FORMAT)", NOT_APPLICABLE),
        ("--output-format=text", NOT_APPLICABLE),
    ],
)
def test_logs_by_flag(args: str, expected: str) -> None:
    assert outcome("OBS-002", changed("[--log-format=json]", f"[{args}]")) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LOG_FORMAT", "json", PASS),
        ("APP_LOG_ENCODING", "console", FAIL),
        ("LOG", "text", NOT_APPLICABLE),
    ],
)
def test_logs_by_variable(name: str, value: str, expected: str) -> None:
    line = f"            - {{name: {name}, value: {value}}}\n"
    text = changed(ARGS, "").replace(EXPORTER, EXPORTER + line)

    assert outcome("OBS-002", text) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("auto", PASS), ("json", PASS), ("text", FAIL), ("x", NOT_APPLICABLE)]
)
def test_our_server_writes_json_unless_it_is_told_otherwise(value: str, expected: str) -> None:
    ours = but(
        INFERENCE_SERVICE,
        "      protocolVersion: v2\n",
        f"      protocolVersion: v2\n      env: [{{name: VELASERVE_LOG_FORMAT, value: {value}}}]\n",
    )

    assert outcome("OBS-002", INFERENCE_SERVICE) == PASS
    assert outcome("OBS-002", ours) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{name: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, value: http://a}", PASS),
        ("{name: JAEGER_AGENT_HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}", PASS),
        ("{name: OTEL_SERVICE_NAME, value: digits}", FAIL),
    ],
)
def test_traces_by_variable(line: str, expected: str) -> None:
    assert outcome("OBS-003", changed(EXPORTER, f"            - {line}\n")) == expected


@pytest.mark.parametrize(
    "off", ["{name: OTEL_TRACES_EXPORTER, value: none}", '{name: OTEL_SDK_DISABLED, value: "true"}']
)
def test_traces_can_be_turned_off(off: str) -> None:
    assert outcome("OBS-003", changed(EXPORTER, f"{EXPORTER}            - {off}\n")) == FAIL


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("args: [", "args: [--otlp-traces-endpoint=http://a, ", PASS),
        ("args: [", "args: [--trace-level=1, ", FAIL),
        (
            LABELS,
            f'{LABELS}      annotations: {{sidecar.opentelemetry.io/inject: "true"}}\n',
            PASS,
        ),
        (
            LABELS,
            f'{LABELS}      annotations: {{sidecar.opentelemetry.io/inject: "false"}}\n',
            FAIL,
        ),
        (
            "      containers:\n",
            "      containers:\n        - {name: c, image: 'otel/opentelemetry-collector:0.9'}\n",
            PASS,
        ),
    ],
)
def test_traces_by_other_means(old: str, new: str, expected: str) -> None:
    assert outcome("OBS-003", but(changed(EXPORTER, ""), old, new)) == expected


def test_our_server_exports_none_whatever_it_is_told() -> None:
    assert outcome("OBS-003", changed("example.com/digits:", "example.com/velaserve:")) == FAIL
