# SPDX-License-Identifier: Apache-2.0
"""W20: models beside an InferenceService, and models kept on nodes."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

HEAD = "apiVersion: serving.kserve.io/v1alpha1"
EMPTY = "model: {modelFormat: {name: sklearn}}"


def model(uri: str = "s3://a", memory: str = "1Gi", name: str = "m", parent: str = "many") -> str:
    spec = f"inferenceService: {parent}, model: {{storageUri: '{uri}', memory: {memory}}}"
    return f"{{{HEAD}, kind: TrainedModel, metadata: {{name: {name}}}, spec: {{{spec}}}}}"


def cache(name: str, uri: str = "s3://a") -> str:
    spec = f"sourceModelUri: '{uri}'"
    return f"{{{HEAD}, kind: LocalModelCache, metadata: {{name: {name}}}, spec: {{{spec}}}}}"


@pytest.mark.parametrize(("name", "count"), [("a-1", 0), ("1", 0), ("a.b", 1), ("A", 1)])
def test_name(name: str, count: int) -> None:
    assert len(of("VS430", model(name=f"'{name}'"))) == count


@pytest.mark.parametrize(
    ("uri", "count"), [("s3://a", 0), ("gs://a", 0), ("http://a", 0), ("pvc://a", 1), ("", 1)]
)
def test_storage(uri: str, count: int) -> None:
    assert of("VS430", model(uri)) == ["uri /spec/model/storageUri"] * count


@pytest.mark.parametrize(
    ("before", "now", "count"),
    [("1Gi", "2Gi", 1), ("1Gi", "1024Mi", 0), ("1Gi", "1G", 1), ("1Gi", "much", 0)],
)
def test_memory_stays(before: str, now: str, count: int) -> None:
    found = of("VS430", model(memory=now), earlier=model(memory=before))

    assert found == ["memory /spec/model/memory"] * count
    assert of("VS430", model(memory=now)) == []


def test_of_one_uri_there_is_one_cache() -> None:
    three = "\n---\n".join([cache("a"), cache("b"), cache("c", "s3://c")])

    assert of("VS430", three) == ["cached /spec/sourceModelUri"]
    assert of("VS430", cache("b"), earlier=cache("a")) == ["cached /spec/sourceModelUri"]
    assert of("VS430", cache("a"), earlier=cache("a")) == []


@pytest.mark.parametrize(
    ("predictor", "parent", "wanted"),
    [
        (EMPTY, "many", []),
        (EMPTY, "mnay", ["parent /spec/inferenceService"]),
        (EMPTY, "other", []),
        ("model: {storageUri: 's3://a'}", "many", ["single /spec/inferenceService"]),
    ],
)
def test_the_parent_in_the_run(predictor: str, parent: str, wanted: list[str]) -> None:
    parent_text = service(predictor, name="many")

    assert of("VS430", f"{parent_text}\n---\n{model(parent=parent)}") == wanted
    assert of("VS430", model(parent=parent), earlier=parent_text) == wanted


def test_a_parent_of_another_namespace_is_another_one() -> None:
    other = service("model: {storageUri: 's3://a'}", name="many, namespace: x")

    assert of("VS430", f"{other}\n---\n{model()}") == []
