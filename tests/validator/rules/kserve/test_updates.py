# SPDX-License-Identifier: Apache-2.0
"""W17: what an InferenceService cannot become; how earlier objects are found."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

MODE = "/metadata/annotations/serving.kserve.io~1deploymentMode"
MODEL = "model: {storageUri: 's3://a'}"


def status(text: str, mode: str) -> str:
    return f"{text[:-1]}, status: {{deploymentMode: {mode}}}}}"


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        ("Standard", "Standard", []),
        ("RawDeployment", "Standard", []),
        ("Standard", "RawDeployment", []),
        ("Standard", "Knative", [f"mode {MODE}"]),
        ("Knative", "RawDeployment", [f"mode {MODE}"]),
        ("Standard", "", []),
        ("", "Knative", []),
        ("Raw", "Knative", []),
        ("Standard", "Raw", [f"mode {MODE}"]),
    ],
)
def test_the_mode_stays(before: str, now: str, wanted: list[str]) -> None:
    found = of("VS427", service(MODEL, mode=now), earlier=service(MODEL, mode=before))

    assert found == wanted


@pytest.mark.parametrize(("settled", "count"), [("Standard", 1), ("Serverless", 0)])
def test_the_status_knows_better(settled: str, count: int) -> None:
    before = status(service(MODEL, mode=""), settled)

    assert len(of("VS427", service(MODEL, mode="Knative"), earlier=before)) == count


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (f"name: a, {MODEL}", f"name: a, {MODEL}", []),
        (f"name: a, {MODEL}", f"name: b, {MODEL}", ["name /spec/predictor/name"]),
        (MODEL, f"name: b, {MODEL}", ["name /spec/predictor/name"]),
        (f"name: a, {MODEL}", MODEL, ["name /spec/predictor/name"]),
        (f"name: a, {MODEL}", "name: b, model: {storageUri: 's3://b'}", []),
        (
            "name: a, sklearn: {storageUri: 's3://a'}",
            f"name: b, {MODEL}",
            ["name /spec/predictor/name"],
        ),
    ],
)
def test_a_new_name_needs_a_new_model(before: str, now: str, wanted: list[str]) -> None:
    assert of("VS427", service(now), earlier=service(before)) == wanted


@pytest.mark.parametrize(
    ("before", "now", "count"),
    [
        (["x"], "x", 1),
        (["x"], "z", 0),
        (["x"], "", 1),
        (["x", "z"], "", 0),
        (["", "x"], "", 1),
        ([""], "x", 1),
        (["", "x"], "z", 1),
    ],
)
def test_namespaces(before: list[str], now: str, count: int) -> None:
    """A file often names none; what kubectl prints always does."""

    def named(namespace: str, mode: str) -> str:
        where = f"a, namespace: {namespace}" if namespace else "a"
        return service(MODEL, mode=mode, name=where)

    earlier = "\n---\n".join(named(namespace, "Knative") for namespace in before)

    assert len(of("VS427", named(now, "Standard"), earlier=earlier)) == count


def test_another_kind_of_the_same_name_is_another_object() -> None:
    other = service(MODEL, mode="Knative").replace("kind: InferenceService", "kind: Other")

    assert of("VS427", service(MODEL), earlier=other) == []
