# SPDX-License-Identifier: Apache-2.0
"""W18: runtimes, each by itself and each two."""

from __future__ import annotations

import pytest

from support.lint_findings import of

SERVER = "containers: [{name: kserve-container, image: a}]"
WORKER = "{name: worker-container, image: a}"


def runtime(
    formats: str = "{name: a, autoSelect: true, priority: 1}",
    more: str = SERVER,
    *,
    name: str = "one",
    kind: str = "ClusterServingRuntime",
    namespace: str = "",
) -> str:
    where = f", namespace: {namespace}" if namespace else ""
    head = f"apiVersion: serving.kserve.io/v1alpha1, kind: {kind}"
    spec = f"protocolVersions: [v2], supportedModelFormats: [{formats}], {more}"
    return f"{{{head}, metadata: {{name: {name}{where}}}, spec: {{{spec}}}}}"


@pytest.mark.parametrize(
    ("formats", "wanted"),
    [
        ("{name: a, autoSelect: true, priority: 1}, {name: a, autoSelect: true, priority: 1}", []),
        (
            "{name: a, autoSelect: true, priority: 1}, {name: a, autoSelect: true, priority: 2}",
            ["priorities /spec/supportedModelFormats/1/priority"],
        ),
        ("{name: a, autoSelect: true, priority: 1}, {name: a, priority: 2}", []),
        ("{name: a, autoSelect: true}, {name: a, autoSelect: true, priority: 2}", []),
        ("{name: a, autoSelect: true, priority: 1}, {name: b, autoSelect: true, priority: 2}", []),
    ],
)
def test_a_format_has_one_priority(formats: str, wanted: list[str]) -> None:
    assert of("VS428", runtime(formats)) == wanted


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        (f"{SERVER}, workerSpec: {{containers: [{WORKER}]}}", []),
        (f"{SERVER}, workerSpec: {{containers: []}}", ["containers /spec/workerSpec/containers"]),
        (
            f"{SERVER}, workerSpec: {{containers: [{WORKER}, {WORKER}]}}",
            ["containers /spec/workerSpec/containers"],
        ),
        (
            f"{SERVER}, workerSpec: {{tensorParallelSize: 0, containers: [{WORKER}]}}",
            ["size /spec/workerSpec/tensorParallelSize"],
        ),
        (
            "containers: [{name: kserve-container, env: [{name: PIPELINE_PARALLEL_SIZE}]}], "
            f"workerSpec: {{containers: [{WORKER}]}}",
            ["variable /spec/containers/0/env/0/name"],
        ),
        (
            "containers: [{name: kserve-container, resources: {limits: {a.com/npu: 1}}}], "
            f"workerSpec: {{containers: [{WORKER}]}}",
            ["resource /spec/containers/0/resources/limits/a.com~1npu"],
        ),
        (
            "containers: [{name: other, resources: {limits: {a.com/npu: 1}}}], "
            f"workerSpec: {{containers: [{WORKER}]}}",
            [],
        ),
        (
            "containers: [{name: kserve-container, resources: {limits: {a.com/npu: 1}}}], "
            "annotations: {serving.kserve.io/gpu-resource-types: '[\"a.com/npu\"]'}, "
            f"workerSpec: {{containers: [{WORKER}]}}",
            [],
        ),
        (
            "containers: [{name: a, env: [{name: PYTHONPATH}]}]",
            ["blocked /spec/containers/0/env/0/name"],
        ),
        ("disabled: true, containers: [{name: a, env: [{name: PYTHONPATH}]}]", []),
    ],
)
def test_containers(more: str, wanted: list[str]) -> None:
    assert of("VS428", runtime(more=more)) == wanted


def two(first: str, second: str) -> list[str]:
    return of("VS428", f"{first}\n---\n{second}")


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (runtime(name="two"), 1),
        (runtime("{name: A, autoSelect: true, priority: 1}", name="two"), 1),
        (runtime("{name: a, autoSelect: true, priority: 2}", name="two"), 0),
        (runtime("{name: a, version: '1', autoSelect: true, priority: 1}", name="two"), 0),
        (runtime("{name: a, priority: 1}", name="two"), 0),
        (runtime("{name: a, autoSelect: true}", name="two"), 0),
        (runtime(name="one"), 0),
        (runtime(name="two", kind="ServingRuntime"), 0),
        (runtime(name="two", more=f"multiModel: true, {SERVER}"), 0),
        (runtime(name="two", more=f"disabled: true, {SERVER}"), 0),
        (runtime(name="two").replace("[v2]", "[v1]"), 0),
        (runtime(name="two").replace("protocolVersions: [v2], ", ""), 0),
    ],
)
def test_two_runtimes_cannot_be_told_apart(second: str, count: int) -> None:
    assert len(two(runtime(), second)) == count


@pytest.mark.parametrize(("namespace", "count"), [("x", 1), ("z", 0)])
def test_in_one_namespace(namespace: str, count: int) -> None:
    first = runtime(kind="ServingRuntime", namespace="x")
    second = runtime(kind="ServingRuntime", namespace=namespace, name="two")

    assert len(two(first, second)) == count


def test_one_that_is_there_already() -> None:
    assert of("VS428", runtime(name="two"), earlier=runtime()) == [
        "same /spec/supportedModelFormats/0/priority"
    ]
    assert of("VS428", runtime(), earlier=runtime()) == []


def test_workers_stay() -> None:
    with_workers = runtime(more=f"{SERVER}, workerSpec: {{containers: [{WORKER}]}}")

    assert of("VS428", runtime(), earlier=with_workers) == ["removed /spec"]
    assert of("VS428", with_workers, earlier=with_workers) == []
    assert of("VS428", with_workers, earlier=runtime()) == []
