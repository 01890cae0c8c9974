# SPDX-License-Identifier: Apache-2.0
"""VS315 and VS316: names, labels and annotations."""

from __future__ import annotations

import pytest

from support.findings import an, deployment, messages, pod, said

LONG = "a" * 64


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (an("v1", "ConfigMap", "data: {}", "My-Config"), "/metadata/name"),
        (an("v1", "Service", "spec: {ports: [{port: 80}]}", "1st"), "/metadata/name"),
        (an("apps/v1", "StatefulSet", "spec: {}", "a.b"), "/metadata/name"),
        (an("batch/v1", "CronJob", "spec: {}", "a" * 53), "/metadata/name"),
        (an("batch/v1", "Job", "spec: {}", LONG), "/metadata/name"),
        (an("serving.kserve.io/v1alpha1", "ServingRuntime", "spec: {}", "A"), "/metadata/name"),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: a.b}}",
            "/metadata/namespace",
        ),
        (pod("volumes: [{name: my_volume}]"), "/spec/volumes/0/name"),
        (
            pod(container="ports: [{name: http_metrics, containerPort: 80}]"),
            "/spec/containers/0/ports/0/name",
        ),
        (pod(container="env: [{name: A=B, value: c}]"), "/spec/containers/0/env/0/name"),
        (
            an("v1", "Service", "spec: {ports: [{port: 80, targetPort: '8080'}]}"),
            "/spec/ports/0/targetPort",
        ),
    ],
)
def test_invalid_names(text: str, pointer: str) -> None:
    assert [one.pointer for one in said("VS315", text)] == [pointer]


@pytest.mark.parametrize(
    "text",
    [
        an("v1", "ConfigMap", "data: {}", "a.b-c"),
        an("rbac.authorization.k8s.io/v1", "ClusterRole", "rules: []", "system:model:reader"),
        an("batch/v1", "CronJob", "spec: {}", "a" * 52),
        an("serving.kserve.io/v1beta1", "InferenceService", "spec: {}", "1_"),  # W01 speaks of it
        an("v1", "ConfigMap", "data: {}", '"{{ .Release.Name }}-x"'),
        an("v1", "ConfigMap", "data: {}", '"${NAME}"'),
        an("v1", "Service", "spec: {ports: [{port: 80, targetPort: 8080}]}"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}",
        pod(container="env: [{name: my.var, value: a}]"),
    ],
)
def test_valid_names(text: str) -> None:
    assert said("VS315", text) == []


def test_a_name_that_would_do_is_given() -> None:
    assert messages("VS315", pod("hostname: GPU_Node")) == [
        "'GPU_Node' is no valid hostname: at most 63 lower-case letters, digits and '-', "
        "with a letter or digit at both ends; for example 'gpu-node'"
    ]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("metadata: {name: a, labels: {-a: b}}", "/metadata/labels/-a"),
        (f"metadata: {{name: a, labels: {{a: {LONG}}}}}", "/metadata/labels/a"),
        ("metadata: {name: a, annotations: {a/b/c: d}}", "/metadata/annotations/a~1b~1c"),
        ("spec: {nodeSelector: {a: b c}}", "/spec/nodeSelector/a"),
        ("spec: {tolerations: [{key: a b}]}", "/spec/tolerations/0/key"),
        (
            "spec: {topologySpreadConstraints: [{topologyKey: a b}]}",
            "/spec/topologySpreadConstraints/0/topologyKey",
        ),
        (
            "spec: {topologySpreadConstraints: [{labelSelector: {matchLabels: {a: é}}}]}",
            "/spec/topologySpreadConstraints/0/labelSelector/matchLabels/a",
        ),
    ],
)
def test_invalid_labels_of_pods(text: str, pointer: str) -> None:
    found = said("VS316", f"{{apiVersion: v1, kind: Pod, {text}}}")

    assert [one.pointer for one in found] == [pointer]


def test_invalid_labels_of_selectors() -> None:
    text = "{matchLabels: {a: b c}, matchExpressions: [{key: /x, operator: In, values: [y z]}]}"
    policy = an("networking.k8s.io/v1", "NetworkPolicy", f"spec: {{podSelector: {text}}}")

    assert [one.pointer.removeprefix("/spec/podSelector") for one in said("VS316", policy)] == [
        "/matchLabels/a",
        "/matchExpressions/0/key",
        "/matchExpressions/0/values/0",
    ]


@pytest.mark.parametrize(
    "labels",
    ["{a: '', app.kubernetes.io/name: A_b.c}", "{a: 1, b: true}", "{a: '{{ .Values.x }}'}", "[a]"],
)
def test_valid_labels_and_what_others_look_at(labels: str) -> None:
    text = f"{{apiVersion: v1, kind: Pod, metadata: {{name: a, labels: {labels}}}}}"

    assert said("VS316", text) == []


def test_annotations_may_hold_any_text_under_capital_domains() -> None:
    text = "{name: a, annotations: {Example.COM/a: 'free text, at length'}}"

    assert said("VS316", f"{{apiVersion: v1, kind: Pod, metadata: {text}}}") == []


def test_labels_of_a_template_and_of_a_model() -> None:
    model = "spec: {predictor: {labels: {a: b c}, model: {modelFormat: {name: onnx}}}}"

    assert said("VS316", deployment().replace("labels: {a: b}", "labels: {a: b c}"))
    assert said("VS316", an("serving.kserve.io/v1beta1", "InferenceService", model))
