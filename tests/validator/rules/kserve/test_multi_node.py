# SPDX-License-Identifier: Apache-2.0
"""W04: models on several nodes."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

NONE = "serving.kserve.io/autoscalerClass: none"
TYPES = "serving.kserve.io/gpu-resource-types"
MODEL = "modelFormat: {name: onnx}, storageUri: 'pvc://a/b'"
AT = "/spec/predictor"
NPU = "resources: {limits: {cpu: 1, huawei.com/Ascend910: 1}}"
GPU = "resources: {requests: {memory: 1Gi}, limits: {nvidia.com/gpu: 1}}"


def problems(model: str = MODEL, worker: str = "", annotations: str = NONE) -> list[str]:
    text = service(f"model: {{{model}}}, workerSpec: {{{worker}}}", annotations=annotations)
    return [one.replace(AT, "@") for one in of("VS414", text)]


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        (MODEL, []),
        (MODEL.replace("pvc:", "oci:"), []),
        (MODEL.replace("pvc:", "s3:"), ["scheme @/model/storageUri"]),
        (MODEL.replace("pvc:", "oci+native:"), ["scheme @/model/storageUri"]),
        ("modelFormat: {name: onnx}", ["storage @/model"]),
        (f"{MODEL}, {GPU}", []),
        (f"{MODEL}, {NPU}", ["resource @/model/resources/limits/huawei.com~1Ascend910"]),
        (
            f"{MODEL}, env: [{{name: TENSOR_PARALLEL_SIZE, value: '2'}}]",
            ["variable @/model/env/0/name"],
        ),
    ],
)
def test_the_model(model: str, wanted: list[str]) -> None:
    assert problems(model) == wanted


@pytest.mark.parametrize(
    ("worker", "wanted"),
    [
        ("tensorParallelSize: 1, pipelineParallelSize: 2", []),
        ("tensorParallelSize: 0", ["size @/workerSpec/tensorParallelSize"]),
        ("pipelineParallelSize: -1", ["size @/workerSpec/pipelineParallelSize"]),
        ("containers: [{name: a}, {name: b}]", ["containers @/workerSpec/containers"]),
        (
            f"containers: [{{name: a, {NPU}}}]",
            ["resource @/workerSpec/containers/0/resources/limits/huawei.com~1Ascend910"],
        ),
    ],
)
def test_the_workers(worker: str, wanted: list[str]) -> None:
    assert problems(worker=worker) == wanted


@pytest.mark.parametrize(
    ("types", "wanted"),
    [
        ('["huawei.com/Ascend910"]', []),
        ("[]", [f"types /metadata/annotations/{TYPES.replace('/', '~1')}"]),
        ("huawei.com/Ascend910", [f"types /metadata/annotations/{TYPES.replace('/', '~1')}"]),
        ("[1]", [f"types /metadata/annotations/{TYPES.replace('/', '~1')}"]),
        ('["huawei.com/Ascend310"]', ["resource @/model/resources/limits/huawei.com~1Ascend910"]),
    ],
)
def test_accelerators_are_named_by_an_annotation(types: str, wanted: list[str]) -> None:
    assert problems(f"{MODEL}, {NPU}", annotations=f"{NONE}, {TYPES}: '{types}'") == wanted


@pytest.mark.parametrize("annotations", ["", "serving.kserve.io/autoscalerClass: hpa"])
def test_nothing_scales_several_nodes(annotations: str) -> None:
    (one,) = problems(annotations=annotations)

    assert one.startswith("autoscaler /metadata/annotations")


def test_a_framework_becomes_the_model() -> None:
    assert of(
        "VS414", service("sklearn: {storageUri: 's3://a'}, workerSpec: {}", annotations=NONE)
    ) == [f"scheme {AT}/sklearn/storageUri"]
    assert of("VS414", service("containers: [{name: a}], workerSpec: {}")) == []
