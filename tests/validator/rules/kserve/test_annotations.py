# SPDX-License-Identifier: Apache-2.0
"""L8, L14 and L21: annotations that do not do what they say."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

MODEL = "model: {modelFormat: {name: onnx}}"
AT = "/metadata/annotations/"


def rule(rule_id: str, annotations: str, mode: str = "Standard") -> list[str]:
    found = of(rule_id, service(MODEL, mode=mode, annotations=annotations))
    return [one.replace(AT, "").replace("~1", "/") for one in found]


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("serving.kserve.io/autoscalerClass", False),
        ("serving.kserve.io/autoscalerClas", True),
        ("serving.kserve.io/autoscalerclass", True),
        ("serving.kserve.io/autoscaler-class", True),
        ("serving.kserve.com/autoscalerClass", True),
        ("serving.kserv.io/autoscalerClass", True),
        ("serving.kubeflow.org/autoscalerClass", True),
        ("serving.kubeflow.org/other", False),
        ("deploymentMode", True),
        ("serving.kserve.io/mine", False),
        ("serving.kserve.io/metric", False),
        ("example.com/deploymentMode", False),
    ],
)
def test_l8_keys(key: str, near: bool) -> None:
    assert rule("VS448", f"{key}: none") == ([f"near {key}"] if near else [])


@pytest.mark.parametrize(
    ("mode", "known"),
    [
        ("Standard", True),
        ("RawDeployment", True),
        ("Serverless", True),
        ("Knative", True),
        ("ModelMesh", True),
        ("Raw", False),
        ("standard", False),
        ("''", False),
    ],
)
def test_l8_modes(mode: str, known: bool) -> None:
    assert rule("VS448", "", mode) == ([] if known else ["mode serving.kserve.io/deploymentMode"])


def test_l8_the_mode_is_not_read_elsewhere() -> None:
    there = "annotations: {serving.kserve.io/deploymentMode: Standard}"

    assert of("VS448", service(f"{there}, {MODEL}")) == [
        "elsewhere /spec/predictor/annotations/serving.kserve.io~1deploymentMode"
    ]


def test_l8_of_runtimes_and_graphs_too() -> None:
    for kind in ("ClusterServingRuntime", "InferenceGraph"):
        head = f"apiVersion: serving.kserve.io/v1alpha1, kind: {kind}"
        metadata = "metadata: {name: a, annotations: {serving.kserve.io/servertype: x}}"
        assert len(of("VS448", f"{{{head}, {metadata}, spec: {{}}}}")) == 1


@pytest.mark.parametrize(
    ("mode", "value", "count"),
    [
        ("Standard", "'true'", 1),
        ("Standard", "'false'", 0),
        ("Knative", "'true'", 0),
        ("", "'true'", 0),
    ],
)
def test_l14_scraping(mode: str, value: str, count: int) -> None:
    key = "serving.kserve.io/enable-prometheus-scraping"

    assert rule("VS454", f"{key}: {value}", mode) == [f"port {key}"] * count


def test_l14_of_a_component() -> None:
    there = "annotations: {serving.kserve.io/enable-prometheus-scraping: 'true'}"

    assert len(of("VS454", service(f"{there}, {MODEL}"))) == 1


@pytest.mark.parametrize(
    ("key", "standard", "knative", "unsaid"),
    [
        ("serving.kserve.io/metrics", "dead", "dead", "dead"),
        ("serving.kserve.io/targetUtilizationPercentage", "dead", "dead", "dead"),
        ("autoscaling.knative.dev/target", "standard", "", ""),
        ("autoscaling.knative.dev/class", "standard", "", ""),
        ("autoscaling.knative.dev/min-scale", "standard", "knative", ""),
        ("serving.kserve.io/autoscalerClass", "", "knative", ""),
        ("serving.kserve.io/stop", "", "", ""),
    ],
)
def test_l21_dead(key: str, standard: str, knative: str, unsaid: str) -> None:
    for mode, message in (("Standard", standard), ("Knative", knative), ("", unsaid)):
        assert rule("VS461", f"{key}: x", mode) == ([f"{message} {key}"] if message else [])
