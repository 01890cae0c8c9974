# SPDX-License-Identifier: Apache-2.0
"""Every place where an object describes pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.manifest import manifests_in
from velaserve_lint.pods import pods_of
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from velaserve_lint.pods import Pod

SPEC = "{initContainers: [{name: i}], containers: [{name: c, env: [{name: A, value: x}]}]}"
TEMPLATE = f"{{metadata: {{labels: {{app: x}}}}, spec: {SPEC}}}"


def pods(api_version: str, kind: str, body: str) -> list[Pod]:
    (document,) = read(f"{{apiVersion: {api_version}, kind: {kind}, {body}}}", "-").documents
    (manifest,) = manifests_in(document, DEFAULT)
    return list(pods_of(manifest))


@pytest.mark.parametrize(
    ("api_version", "kind", "body"),
    [
        ("v1", "Pod", f"metadata: {{labels: {{app: x}}}}, spec: {SPEC}"),
        ("apps/v1", "Deployment", f"spec: {{replicas: 2, template: {TEMPLATE}}}"),
        ("batch/v1", "CronJob", f"spec: {{jobTemplate: {{spec: {{template: {TEMPLATE}}}}}}}"),
    ],
)
def test_workloads(api_version: str, kind: str, body: str) -> None:
    (pod,) = pods(api_version, kind, body)

    assert [(one.name, one.is_init) for one in pod.containers] == [("i", True), ("c", False)]
    assert pod.labels["app"].text == "x"
    assert pod.main[0].env["A"].at("value").text == "x"
    assert pod.replicas.number == (2 if kind == "Deployment" else None)


def test_an_inference_service_has_a_pod_for_each_component() -> None:
    body = (
        "metadata: {labels: {a: x, b: x}}, spec: {"
        "predictor: {minReplicas: 2, labels: {b: z}, model: {runtime: r}, workerSpec: {size: 1}},"
        "transformer: {containers: [{name: t}]}}"
    )
    predictor, worker, transformer = pods("serving.kserve.io/v1beta1", "InferenceService", body)

    assert [one.role for one in (predictor, worker, transformer)] == [
        "predictor",
        "worker",
        "transformer",
    ]
    assert (predictor.main[0].name, predictor.main[0].is_model) == ("kserve-container", True)
    assert {key: value.text for key, value in predictor.labels.items()} == {"a": "x", "b": "z"}
    assert predictor.replicas.number == 2
    assert transformer.main[0].name == "t"


def test_a_runtime_has_pods_too() -> None:
    (pod,) = pods("serving.kserve.io/v1alpha1", "ServingRuntime", f"spec: {SPEC}")

    assert (pod.role, pod.main[0].name) == ("runtime", "c")


@pytest.mark.parametrize("body", ["spec: 1", "spec: {template: []}", "metadata: [], spec: {}"])
def test_a_wrong_shape_has_no_containers(body: str) -> None:
    (pod,) = pods("apps/v1", "Deployment", body)

    assert pod.containers == ()


def test_other_objects_have_none() -> None:
    assert pods("v1", "Service", "spec: {}") == []
