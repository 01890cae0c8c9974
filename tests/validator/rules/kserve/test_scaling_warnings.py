# SPDX-License-Identifier: Apache-2.0
"""L1-L5 and L9: scaling that is taken, and does not do what it says."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

MODEL = "model: {modelFormat: {name: onnx}}"
AT = "/spec/predictor"
CLASS = "serving.kserve.io/autoscalerClass"
NONE, KEDA, HPA, EXTERNAL = (f"{CLASS}: {one}" for one in ("none", "keda", "hpa", "external"))
CPU = "{type: Resource, resource: {name: cpu}}"
QUERY = "{type: External, external: {}}"


def rule(
    rule_id: str, fields: str, *, mode: str = "Standard", annotations: str = "", more: str = ""
) -> list[str]:
    text = service(f"{fields}, {MODEL}", more, mode=mode, annotations=annotations)
    return [one.replace(AT, "@") for one in of(rule_id, text)]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("canaryTrafficPercent: 10", ["ignored @/canaryTrafficPercent"]),
        ("canaryTrafficPercent: 0", ["ignored @/canaryTrafficPercent"]),
        ("canaryTrafficPercent: 100", []),
        ("containerConcurrency: 4", ["ignored @/containerConcurrency"]),
        ("containerConcurrency: 0", []),
    ],
)
def test_l1_ignored_in_standard_mode(fields: str, wanted: list[str]) -> None:
    assert rule("VS441", fields) == wanted
    assert rule("VS441", fields, mode="Knative") == []
    assert rule("VS441", fields, mode="") == []


def test_l1_a_transformer_gets_workers() -> None:
    more = ", transformer: {containerConcurrency: 4, canaryTrafficPercent: 5, containers: [{}]}"

    assert rule("VS441", "minReplicas: 1", more=more) == [
        "ignored /spec/transformer/canaryTrafficPercent"
    ]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("scaleMetric: rps", ["metric @/scaleMetric"]),
        ("scaleMetric: cpu", []),
        (f"autoScaling: {{metrics: [{QUERY}]}}", ["source @/autoScaling/metrics/0/type"]),
        (f"autoScaling: {{metrics: [{CPU}]}}", []),
    ],
)
def test_l2_replaced_by_cpu(fields: str, wanted: list[str]) -> None:
    assert rule("VS442", fields) == wanted
    for by in (KEDA, EXTERNAL, NONE, HPA):
        assert rule("VS442", fields, annotations=by) == []
    assert rule("VS442", fields, mode="Knative") == []


def test_the_class_of_a_component_wins() -> None:
    assert rule("VS442", f"scaleMetric: rps, annotations: {{{EXTERNAL}}}") == []
    assert rule("VS443", f"minReplicas: 0, annotations: {{{HPA}}}", annotations=NONE) != []


@pytest.mark.parametrize(
    ("fields", "annotations", "count"),
    [
        ("minReplicas: 0", "", 1),
        ("minReplicas: 0", HPA, 1),
        ("minReplicas: 0", KEDA, 0),
        ("minReplicas: 0", NONE, 0),
        ("minReplicas: 1", "", 0),
        ("maxReplicas: 1", "", 0),
    ],
)
def test_l3_no_way_to_zero(fields: str, annotations: str, count: int) -> None:
    assert len(rule("VS443", fields, annotations=annotations)) == count
    assert rule("VS443", fields, annotations=annotations, mode="Knative") == []


@pytest.mark.parametrize(
    ("fields", "standard", "knative"),
    [
        ("scaleTarget: 5", ["fixed @/scaleTarget"], ["unlimited @/scaleTarget"]),
        ("scaleMetric: cpu, maxReplicas: 0", ["fixed @/scaleMetric"], ["unlimited @/scaleMetric"]),
        ("autoScaling: {}", ["fixed @/autoScaling"], []),
        ("scaleTarget: 5, maxReplicas: 2", [], []),
        ("scaleTarget: 5, maxReplicas: many", [], []),
        ("minReplicas: 2", [], []),
    ],
)
def test_l4_up_to_where(fields: str, standard: list[str], knative: list[str]) -> None:
    assert rule("VS444", fields) == standard
    assert rule("VS444", fields, annotations=KEDA) == standard
    assert rule("VS444", fields, annotations=NONE) == []
    assert rule("VS444", fields, mode="Knative") == knative
    assert rule("VS444", fields, mode="") == []


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("minReplicas: 1", ["none @"]),
        ("autoScaling: {}", ["none @"]),
        ("autoScaling: {metrics: []}", ["none @"]),
        ("autoScaling: 1", []),
        (f"autoScaling: {{metrics: [{CPU}]}}", []),
        (f"minReplicas: 0, autoScaling: {{metrics: [{CPU}]}}", ["zero @/minReplicas"]),
        (f"minReplicas: 0, autoScaling: {{metrics: [{CPU}, {QUERY}]}}", []),
    ],
)
def test_l5_something_wakes_it(fields: str, wanted: list[str]) -> None:
    assert rule("VS445", fields, annotations=KEDA) == wanted
    assert rule("VS445", fields) == []
    assert rule("VS445", fields, annotations=KEDA, mode="Knative") == []


@pytest.mark.parametrize(
    ("behavior", "keda"),
    [
        ("{}", []),
        ("{scaleDown: {stabilizationWindowSeconds: 60}}", []),
        (
            "{scaleUp: {policies: [], stabilizationWindowSeconds: 0}}",
            ["dropped @/autoScaling/behavior/scaleUp/policies"],
        ),
    ],
)
def test_l9_behavior(behavior: str, keda: list[str]) -> None:
    fields = f"autoScaling: {{behavior: {behavior}}}"
    hpa = ["dropped @/autoScaling/behavior"] if behavior != "{}" else []

    assert rule("VS449", fields, annotations=KEDA) == keda
    assert rule("VS449", fields) == hpa
    assert rule("VS449", fields, mode="Knative") == hpa
    assert rule("VS449", fields, annotations=EXTERNAL) == []
