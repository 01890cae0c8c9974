# SPDX-License-Identifier: Apache-2.0
"""VS320: fields of which one must be set, or only one may be."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod

MODEL = "spec: {{predictor: {{model: {{modelFormat: {{name: onnx}}, {}}}}}}}"
PEERS = "spec: {{podSelector: {{}}, ingress: [{{from: [{}]}}]}}"
METRIC = "spec: {{maxReplicas: 2, metrics: [{}]}}"
BACKEND = "spec: {{rules: [{{http: {{paths: [{{path: /, pathType: Prefix, backend: {}}}]}}}}]}}"


def policy(peer: str) -> str:
    return an("networking.k8s.io/v1", "NetworkPolicy", PEERS.format(peer))


def autoscaler(metric: str) -> str:
    return an("autoscaling/v2", "HorizontalPodAutoscaler", METRIC.format(metric))


def ingress(backend: str, version: str = "v1") -> str:
    return an(f"networking.k8s.io/{version}", "Ingress", BACKEND.format(backend))


def model(field: str) -> str:
    return an("serving.kserve.io/v1beta1", "InferenceService", MODEL.format(field))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            pod(container="env: [{name: A, value: a, valueFrom: {fieldRef: {}}}]"),
            "value, valueFrom",
        ),
        (pod(container="livenessProbe: {exec: {}, tcpSocket: {port: 1}}"), "exec, tcpSocket"),
        (pod("volumes: [{name: v, emptyDir: {}, hostPath: {path: /}}]"), "emptyDir, hostPath"),
        (policy("{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}"), "ipBlock, podSelector"),
        (
            an("policy/v1", "PodDisruptionBudget", "spec: {minAvailable: 1, maxUnavailable: 1}"),
            "minAvailable, maxUnavailable",
        ),
        (autoscaler("{type: Resource, resource: {}, pods: {}}"), "resource, pods"),
        (ingress("{service: {name: s, port: {name: a, number: 1}}}"), "name, number"),
        (model("readinessProbe: {exec: {}, grpc: {port: 1}}"), "exec, grpc"),
    ],
)
def test_alternatives_that_exclude_each_other(text: str, fields: str) -> None:
    assert messages("VS320", text) == [f"{fields} exclude each other: keep one"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (pod(container="readinessProbe: {periodSeconds: 5}"), "exec, httpGet, tcpSocket, grpc"),
        (pod(container="lifecycle: {preStop: {}}"), "exec, httpGet, tcpSocket, sleep"),
        (policy("{}"), "podSelector, namespaceSelector, ipBlock"),
        (ingress("{}"), "service, resource"),
        (
            autoscaler("{type: External, external: {metric: {name: m}, target: {type: Value}}}"),
            "value, averageValue",
        ),
        (
            an(
                "monitoring.coreos.com/v1",
                "PrometheusRule",
                "spec: {groups: [{rules: [{expr: up}]}]}",
            ),
            "alert, record",
        ),
    ],
)
def test_alternatives_that_are_all_missing(text: str, fields: str) -> None:
    assert messages("VS320", text) == [f"one of these is needed: {fields}"]


@pytest.mark.parametrize(
    "text",
    [
        pod(container="env: [{name: A, value: '', valueFrom: {fieldRef: {}}}, {name: B}]"),
        pod("volumes: [{name: v, emptyDir: }, {name: w}]"),
        policy("{podSelector: {}, namespaceSelector: {}}"),
        model("readinessProbe: {failureThreshold: 5}"),  # the runtime's has a handler
        ingress("{serviceName: a, servicePort: 1}", "v1beta1"),
        an("policy/v1", "PodDisruptionBudget", "spec: {}"),
        pod(container="livenessProbe: 5"),
    ],
)
def test_one_alternative(text: str) -> None:
    assert messages("VS320", text) == []
