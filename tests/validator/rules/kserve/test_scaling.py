# SPDX-License-Identifier: Apache-2.0
"""W13-W15: what each autoscaler takes."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service
from velaserve_lint.targets import Targets

MODEL = "model: {modelFormat: {name: onnx}}"
HPA = "serving.kserve.io/autoscalerClass: hpa"
KEDA = "serving.kserve.io/autoscalerClass: keda"
KNATIVE_HPA = "autoscaling.knative.dev/class: hpa.autoscaling.knative.dev"
AT = "/spec/predictor"
METRIC = f"{AT}/autoScaling/metrics/0"


def metrics(*rows: str) -> str:
    return f"autoScaling: {{metrics: [{', '.join(f'{{{row}}}' for row in rows)}]}}"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("scaleMetric: cpu, scaleTarget: 100", []),
        ("scaleTarget: 101", [f"percent {AT}/scaleTarget"]),
        ("scaleMetric: cpu, scaleTarget: 0", [f"percent {AT}/scaleTarget"]),
        ("scaleMetric: memory, scaleTarget: 512", [f"memory {AT}/scaleTarget"]),
        ("scaleMetric: memory, scaleTarget: 0", [f"least {AT}/scaleTarget"]),
        ("scaleMetric: rps, scaleTarget: 500", [f"metric {AT}/scaleMetric"]),
        ("scaleMetric: qps, scaleTarget: 500", []),
        ("scaleTarget: '500'", []),
        (metrics("type: Resource, resource: {name: cpu}"), []),
        (metrics("type: Resource"), [f"resource {METRIC}"]),
        (metrics("type: External"), [f"source {METRIC}/type"]),
        (metrics("type: Pods"), []),
        ("autoScaling: {metrics: 1}", []),
    ],
)
def test_w13_hpa(fields: str, wanted: list[str]) -> None:
    assert of("VS423", service(f"{fields}, {MODEL}", annotations=HPA)) == wanted
    knative = service(f"{fields}, {MODEL}", mode="Serverless", annotations=KNATIVE_HPA)
    assert of("VS423", knative) == wanted
    assert of("VS425", knative) == []


@pytest.mark.parametrize(
    ("mode", "annotations"), [("Standard", ""), ("", HPA), ("Standard", KNATIVE_HPA)]
)
def test_w13_only_where_the_class_and_the_mode_are_written(mode: str, annotations: str) -> None:
    text = service(f"scaleMetric: rps, {MODEL}", mode=mode, annotations=annotations)

    assert of("VS423", text) == []


def test_w13_memory_is_measured_in_mib_later() -> None:
    text = service(f"scaleMetric: memory, scaleTarget: 512, {MODEL}", annotations=HPA)

    assert of("VS423", text, targets=Targets(kserve=(0, 21, 0))) == []


def external(fields: str = "", target: str = "type: Value, value: '2'") -> str:
    metric = f"backend: prometheus, query: up{fields}"
    return metrics(f"type: External, external: {{metric: {{{metric}}}, target: {{{target}}}}}")


def resource(name: str, target: str) -> str:
    return metrics(f"type: Resource, resource: {{name: {name}, target: {{{target}}}}}")


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("scaleMetric: cpu", [f"metric {AT}/scaleMetric"]),
        ("scaleTarget: 500", []),
        (resource("cpu", "type: Utilization, averageUtilization: 70"), []),
        (resource("cpu", "averageUtilization: 70"), [f"type {METRIC}/resource/target/type"]),
        (
            resource("cpu", "type: AverageValue, averageValue: 1"),
            [f"type {METRIC}/resource/target/type"],
        ),
        (resource("cpu", "type: Utilization"), [f"target {METRIC}/resource/target"]),
        (
            resource("cpu", "type: Utilization, averageUtilization: 101"),
            [f"percent {METRIC}/resource/target/averageUtilization"],
        ),
        (resource("memory", "type: AverageValue, averageValue: 1Mi"), []),
        (
            resource("memory", "type: AverageValue, averageValue: 1M"),
            [f"memory {METRIC}/resource/target/averageValue"],
        ),
        (resource("memory", "type: AverageValue"), [f"target {METRIC}/resource/target"]),
        (resource("memory", "type: Value, value: 1Gi"), [f"type {METRIC}/resource/target/type"]),
        (resource("gpu", "type: Value, value: 1Gi"), []),
        (metrics("type: Resource"), [f"source {METRIC}"]),
        (external(), []),
        (external(target="value: 2"), [f"untyped {METRIC}/external/target"]),
        (external(target="type: Value, averageValue: 2"), [f"threshold {METRIC}/external/target"]),
        (
            external(target="type: AverageValue, value: 2"),
            [f"target {METRIC}/external/target"],
        ),
        (external(", query: ''").replace("query: up, ", ""), [f"query {METRIC}/external/metric"]),
        (metrics("type: External"), [f"source {METRIC}"]),
        (
            metrics("type: PodMetric, podmetric: {metric: {}, target: {type: Value, value: 1}}"),
            [f"query {METRIC}/podmetric/metric"],
        ),
        (metrics("type: Pods"), []),
    ],
)
def test_w14_keda(fields: str, wanted: list[str]) -> None:
    assert of("VS424", service(f"{fields}, {MODEL}", annotations=KEDA)) == wanted
    assert of("VS424", service(f"{fields}, {MODEL}", mode="Knative", annotations=KEDA)) == []


@pytest.mark.parametrize("mode", ["Knative", "Serverless", "ModelMesh", "Raw", "''"])
@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("scaleMetric: rps, scaleTarget: 1", []),
        ("scaleMetric: rps, scaleTarget: 0", [f"rps {AT}/scaleTarget"]),
        ("scaleTarget: 0", []),
        ("scaleMetric: cpu", [f"metric {AT}/scaleMetric"]),
        ("deploymentStrategy: {type: Recreate}", [f"strategy {AT}/deploymentStrategy"]),
        ("deploymentStrategy: x", []),
    ],
)
def test_w15_knative_and_every_unknown_mode(mode: str, fields: str, wanted: list[str]) -> None:
    assert of("VS425", service(f"{fields}, {MODEL}", mode=mode)) == wanted


@pytest.mark.parametrize("mode", ["Standard", "RawDeployment", ""])
def test_w15_not_in_standard_mode_or_without_one(mode: str) -> None:
    fields = "deploymentStrategy: {type: Recreate}, scaleMetric: cpu"

    assert of("VS425", service(f"{fields}, {MODEL}", mode=mode)) == []


def test_all_components_are_scaled() -> None:
    scaled = f"scaleMetric: rps, {MODEL}"
    text = service(scaled, ", transformer: {scaleMetric: rps, containers: [{}]}", annotations=HPA)

    assert [one.split("/")[2] for one in of("VS423", text)] == ["predictor", "transformer"]
