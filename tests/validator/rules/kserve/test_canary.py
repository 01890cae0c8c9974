# SPDX-License-Identifier: Apache-2.0
"""W16: canaries of KServe."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

MODEL = "model: {modelFormat: {name: onnx}, storageUri: 'pvc://a/b'}"
AT = "/spec/canary/0"


def canary(percent: str = "10", fields: str = "name: b", server: str = MODEL) -> str:
    return f"{{trafficPercent: {percent}, predictor: {{{fields}, {server}}}}}"


def beside(*canaries: str, stable: str = MODEL, mode: str = "Standard") -> list[str]:
    return of("VS426", service(stable, f", canary: [{', '.join(canaries)}]", mode=mode))


@pytest.mark.parametrize(
    ("mode", "count"),
    [("Standard", 0), ("RawDeployment", 0), ("", 0), ("Knative", 1), ("ModelMesh", 1), ("''", 1)],
)
def test_in_standard_mode_only(mode: str, count: int) -> None:
    assert len(beside(canary(), mode=mode)) == count


@pytest.mark.parametrize(
    ("stable", "wanted"),
    [
        (MODEL, []),
        ("sklearn: {}", []),
        ("containers: [{name: x, env: [{name: STORAGE_URI, value: y}]}]", []),
        ("containers: [{name: x}]", ["model /spec/predictor"]),
        ("minReplicas: 1", []),
    ],
)
def test_beside_a_model(stable: str, wanted: list[str]) -> None:
    assert beside(canary(), stable=stable) == wanted


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["a", "b"], []),
        (["b", "b"], ["duplicate /spec/canary/1/predictor/name"]),
        (["stable"], [f"duplicate {AT}/predictor/name"]),
        (["''"], []),  # its field says so
    ],
)
def test_names(names: list[str], wanted: list[str]) -> None:
    canaries = (canary(fields=f"name: {name}") for name in names)

    assert beside(*canaries, stable=f"name: stable, {MODEL}") == wanted


def test_a_name_is_needed() -> None:
    assert beside(canary(fields="minReplicas: 1")) == [f"name {AT}/predictor"]


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        (["0"], []),
        (["60", "40"], []),
        (["60", "41"], ["sum /spec/canary/1/trafficPercent"]),
        (["101"], []),
        (["-1", "60", "60"], []),
        (["'10'"], []),
    ],
)
def test_shares(shares: list[str], wanted: list[str]) -> None:
    canaries = (canary(share, f"name: c{index}") for index, share in enumerate(shares))

    assert beside(*canaries) == wanted


@pytest.mark.parametrize(
    "field",
    ["workerSpec: {}", "maxReplicas: 1", "scaleTarget: 1", "scaleMetric: cpu", "autoScaling: {}"],
)
def test_its_size_is_fixed(field: str) -> None:
    name = field.partition(":")[0]

    assert beside(canary(fields=f"name: b, {field}")) == [f"fixed {AT}/predictor/{name}"]


@pytest.mark.parametrize(
    ("stable", "least", "count"),
    [("", "1", 0), ("", "2", 1), ("minReplicas: 3, ", "3", 0), ("minReplicas: x, ", "3", 0)],
)
def test_it_is_no_larger_than_the_stable_one(stable: str, least: str, count: int) -> None:
    text = canary(fields=f"name: b, minReplicas: {least}")

    assert len(beside(text, stable=f"{stable}{MODEL}")) == count


@pytest.mark.parametrize("canaries", ["[]", "1", "[1]", "[{}]", "[{predictor: 1}]", "null"])
def test_what_has_no_shape_is_left_to_the_fields(canaries: str) -> None:
    assert of("VS426", service(MODEL, f", canary: {canaries}")) == []
