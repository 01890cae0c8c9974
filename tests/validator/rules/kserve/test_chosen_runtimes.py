# SPDX-License-Identifier: Apache-2.0
"""L6, L7, L12 and L19: models beside the runtimes that are known."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

AT = "/spec/predictor/model"


def model(name: str, more: str = "", version: str = "") -> str:
    versioned = f", version: '{version}'" if version else ""
    return f"model: {{modelFormat: {{name: {name}{versioned}}}{more}}}"


def runtime(
    formats: str,
    more: str = "protocolVersions: [v1]",
    *,
    name: str = "mine",
    kind: str = "ClusterServingRuntime",
    namespace: str = "",
    args: str = "",
) -> str:
    where = f", namespace: {namespace}" if namespace else ""
    head = f"apiVersion: serving.kserve.io/v1alpha1, kind: {kind}"
    server = f"containers: [{{name: kserve-container, image: a, args: [{args}]}}]"
    spec = f"supportedModelFormats: [{formats}], {server}, {more}"
    return f"---\n{{{head}, metadata: {{name: {name}{where}}}, spec: {{{spec}}}}}\n"


def rule(rule_id: str, predictor: str, others: str = "") -> list[str]:
    return [one.replace(AT, "@") for one in of(rule_id, f"{service(predictor)}\n{others}")]


MLFLOW = runtime("{name: mlflow, autoSelect: true}")
V2_ONLY = "protocolVersions: [v2, grpc-v2]"


@pytest.mark.parametrize(
    ("predictor", "others", "wanted"),
    [
        (model("mlflow"), "", ["chosen @"]),
        (model("mlflow", ", protocolVersion: v2"), "", []),
        (model("mlflow"), MLFLOW, []),
        (model("mlflow"), MLFLOW.replace("autoSelect: true", "autoSelect: false"), ["chosen @"]),
        (model("mlflow"), MLFLOW.replace("v1]", "v1], disabled: true"), ["chosen @"]),
        (model("mlflow"), MLFLOW.replace("v1]", "v1], multiModel: true"), ["chosen @"]),
        (model("mlflow"), MLFLOW.replace("protocolVersions: [v1]", "disabled: false"), []),
        (model("onnx"), "", []),  # OpenVINO speaks V1
        (model("triton"), "", []),  # counts as V2
        ("triton: {}", "", []),
        ("onnx: {}", "", []),
        (model("mine"), runtime("{name: mine, autoSelect: true}", V2_ONLY), ["chosen @"]),
        (model("nobody"), "", []),
        (model("mlflow", ", protocolVersion: [1]"), "", []),
    ],
)
def test_l6_a_runtime_that_is_chosen(predictor: str, others: str, wanted: list[str]) -> None:
    assert rule("VS446", predictor, others) == wanted


@pytest.mark.parametrize(
    ("protocol", "wanted"),
    [
        ("", []),
        (", protocolVersion: v2", []),
        (", protocolVersion: v1", ["named @/protocolVersion"]),
    ],
)
def test_l6_a_runtime_that_is_named(protocol: str, wanted: list[str]) -> None:
    assert rule("VS446", model("onnx", f", runtime: velaserve{protocol}")) == wanted
    assert rule("VS446", model("onnx", f", runtime: unknown{protocol}")) == []


@pytest.mark.parametrize(
    ("predictor", "others", "wanted"),
    [
        ("model: {runtime: velaserve}", "", ["missing @"]),
        ("model: {storageUri: 's3://a'}", "", ["missing @"]),
        ("model: {modelFormat: 1}", "", []),
        ("sklearn: {}", "", []),
        (model("onnx", ", runtime: velaserve"), "", []),
        (model("pickle", ", runtime: velaserve"), "", ["format @/modelFormat/name"]),
        (model("pickle", ", runtime: unknown"), "", []),
        (model("onnx", ", runtime: velaserve", "1"), "", []),
        (model("onnx", ", runtime: velaserve", "1.2"), "", ["version @/modelFormat/version"]),
        (model("sklearn"), "", []),
        (model("sklearn", version="1"), "", []),
        (model("sklearn", version="1.3"), "", ["version @/modelFormat/version"]),
        (
            model("sklearn", version="1.3"),
            runtime("{name: sklearn, version: '1.3', autoSelect: true}"),
            [],
        ),
        (model("sklaern"), "", ["near @/modelFormat/name"]),
        (model("sklaern"), runtime("{name: sklaern}"), []),
        (model("pickle"), "", []),
        (
            model("a", ", runtime: mine"),
            runtime("{name: a}", "disabled: true"),
            ["disabled @/runtime"],
        ),
    ],
)
def test_l7_formats(predictor: str, others: str, wanted: list[str]) -> None:
    assert rule("VS447", predictor, others) == wanted


def test_runtimes_are_looked_for_in_the_namespace_first() -> None:
    own = runtime("{name: a}", kind="ServingRuntime", namespace="x")
    for_all = runtime("{name: b}")
    there = service(model("a", ", runtime: mine"), name="a, namespace: x")
    elsewhere = service(model("a", ", runtime: mine"), name="a, namespace: z")

    assert of("VS447", f"{there}\n{for_all}{own}") == []
    assert of("VS447", f"{elsewhere}\n{for_all}{own}") == [f"format {AT}/modelFormat/name"]


def test_a_runtime_of_the_run_hides_ours_and_one_of_the_cluster_counts() -> None:
    text = service(model("pickle", ", runtime: velaserve"))
    mine = runtime("{name: pickle}", name="velaserve")

    assert of("VS447", f"{text}\n{mine}") == []
    assert of("VS447", text, earlier=mine) == []


@pytest.mark.parametrize(
    ("predictor", "count"),
    [
        (model("onnx", ", protocolVersion: v2"), 1),
        (model("onnx", ", protocolVersion: grpc-v2"), 1),
        (model("onnx", ", protocolVersion: v1"), 0),
        (model("onnx"), 0),
        (model("onnx", ", runtime: velaserve"), 1),
        (model("onnx", ", runtime: kserve-openvino"), 0),
        (model("onnx", ", runtime: unknown"), 0),
        ("onnx: {}", 1),
        ("containers: [{name: a, env: [{name: PROTOCOL, value: v2}]}]", 1),
        ("containers: [{name: a}]", 0),
    ],
)
def test_l12_batcher(predictor: str, count: int) -> None:
    batched = rule("VS452", f"batcher: {{maxBatchSize: 2}}, {predictor}")

    assert batched == ["unused /spec/predictor/batcher"] * count
    assert rule("VS452", predictor) == []


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ("--http_port=1", ["twice @/args/0"]),
        ("--x, --http-port, '1'", ["twice @/args/1"]),
        ("--workers=2", []),
        ("http_port", []),
        ("1", []),
    ],
)
def test_l19_flags(args: str, wanted: list[str]) -> None:
    named = ", runtime: kserve-sklearnserver"
    mine = runtime("{name: sklearn}", name="mine", args="--http-port=2")

    assert rule("VS459", model("sklearn", f"{named}, args: [{args}]")) == wanted
    assert rule("VS459", model("sklearn", f", runtime: mine, args: [{args}]"), mine) == wanted
    assert rule("VS459", model("sklearn", f", args: [{args}]")) == []
