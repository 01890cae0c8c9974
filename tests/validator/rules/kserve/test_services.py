# SPDX-License-Identifier: Apache-2.0
"""W01-W12: what KServe's webhook asks of every InferenceService."""

from __future__ import annotations

import pytest

from support.lint_findings import of, service

MODEL = "model: {modelFormat: {name: onnx}, storageUri: 'pvc://a/b'}"
SERVER = "containers: [{name: kserve-container, image: a}]"
SIDE = "{name: side, image: b}"
AT = "/spec/predictor"


def with_model(more: str) -> str:
    return service(f"model: {{modelFormat: {{name: onnx}}, {more}}}")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("digits-2", []),
        ("2digits", ["form /metadata/name"]),
        ("digits.v2", ["form /metadata/name"]),
        ("Digits", ["form /metadata/name"]),
        ("digits-", ["form /metadata/name"]),
        ("d" * 53, []),
        ("d" * 54, ["long /metadata/name"]),
        ("7", []),  # a number: its type is wrong
        ("''", []),
    ],
)
def test_w01_name(name: str, wanted: list[str]) -> None:
    assert of("VS411", service(MODEL, name=name)) == wanted


def test_w01_the_namespace_and_other_components_make_it_longer() -> None:
    short = service(MODEL, name="d" * 51)
    transformed = service(MODEL, f", transformer: {{{SERVER}}}", name="d" * 52)

    assert of("VS411", short) == []
    assert of("VS411", short.replace("name: d", f"namespace: {'n' * 12}, name: d")) != []
    assert of("VS411", transformed) != []


@pytest.mark.parametrize("mode", ["Standard", "Knative", ""])
@pytest.mark.parametrize(
    ("value", "taken"),
    [("hpa", True), ("none", True), ("kpa", False), ("HPA", False), ("''", False)],
)
def test_w02_class(mode: str, value: str, taken: bool) -> None:
    key = "serving.kserve.io/autoscalerClass"
    place = f"/metadata/annotations/{key.replace('/', '~1')}"
    text = service(MODEL, mode=mode, annotations=f"{key}: {value}")

    assert of("VS412", text) == ([] if taken else [f"unknown {place}"])


@pytest.mark.parametrize(
    ("predictor", "more", "where"),
    [
        ("model: {env: [@]}", "", f"{AT}/model/env/0/name"),
        ("sklearn: {env: [@]}", "", f"{AT}/sklearn/env/0/name"),
        ("containers: [{name: x, env: [{name: A}, @]}]", "", f"{AT}/containers/0/env/1/name"),
        (
            f"{MODEL}, initContainers: [{{name: x, env: [@]}}]",
            "",
            f"{AT}/initContainers/0/env/0/name",
        ),
        (
            f"{MODEL}, workerSpec: {{containers: [{{env: [@]}}]}}",
            "",
            f"{AT}/workerSpec/containers/0/env/0/name",
        ),
        (
            MODEL,
            ", transformer: {containers: [{env: [@]}]}",
            "/spec/transformer/containers/0/env/0/name",
        ),
        (MODEL, ", explainer: {art: {env: [@]}}", "/spec/explainer/art/env/0/name"),
    ],
)
def test_w03_python_path_anywhere(predictor: str, more: str, where: str) -> None:
    text = service(predictor, more)

    assert of("VS413", text.replace("@", "{name: PYTHONPATH, value: x}")) == [f"blocked {where}"]
    assert of("VS413", text.replace("@", "{name: PYTHONHOME, value: x}")) == []


@pytest.mark.parametrize(
    ("containers", "count"),
    [
        ("[{name: transformer-container, env: [{name: STORAGE_URI, value: x}]}]", 1),
        ("[{name: transformer-container, env: [{name: STORAGE, value: x}]}]", 0),
        ("[{name: kserve-container, env: [{name: STORAGE_URI, value: x}]}]", 0),
        ("[{name: transformer-container, env: [{name: STORAGE_URI}]}, 1]", 1),
    ],
)
def test_w05_a_transformer_beside_the_model(containers: str, count: int) -> None:
    assert len(of("VS415", service(f"{MODEL}, containers: {containers}"))) == count


@pytest.mark.parametrize(
    ("predictor", "wanted"),
    [
        ("model: {name: x}", [f"named {AT}/model/name"]),
        ("sklearn: {name: x}", [f"named {AT}/sklearn/name"]),
        ("sklearn: {name: x}, model: {name: y}", [f"named {AT}/sklearn/name"]),
        ("model: {name: ''}", []),
        ("name: x, model: {}", []),
    ],
)
def test_w06_the_container_is_named_by_kserve(predictor: str, wanted: list[str]) -> None:
    assert of("VS416", service(predictor)) == wanted


def uris(*rows: str, model: str = "model: {modelFormat: {name: onnx}}") -> list[str]:
    items = ", ".join(f"{{{row}}}" for row in rows)
    found = of("VS417", service(f"storageUris: [{items}], {model}"))
    return [one.replace(f"{AT}/storageUris/", "") for one in found]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["uri: 's3://a', mountPath: /mnt/a", "uri: 's3://b', mountPath: /mnt/b"], []),
        (
            ["uri: 's3://a', mountPath: /m/a", "uri: 's3://b', mountPath: /n/b"],
            ["apart 1/mountPath"],
        ),
        (["uri: 's3://a'", "uri: 's3://b', mountPath: /mnt/models/b"], []),
        (["uri: 's3://a'", "uri: 's3://b', mountPath: /data"], ["apart 1/mountPath"]),
        (["uri: 's3://a', mountPath: /a", "uri: 'pvc://b', mountPath: /b"], []),
        (["uri: 'pvc://a', mountPath: /a", "uri: 'pvc://b', mountPath: /a"], ["twice 1/mountPath"]),
        (["uri: 's3://a', mountPath: /"], ["root 0/mountPath"]),
        (["uri: 's3://a', mountPath: a/b", "uri: 's3://b', mountPath: /c"], []),
        (["uri: 's3://a', mountPath: /a/../b"], ["parent 0/mountPath"]),
        (["uri: 's3://a', mountPath: [1]"], []),
    ],
)
def test_w07_several_uris(rows: list[str], wanted: list[str]) -> None:
    assert uris(*rows) == wanted


@pytest.mark.parametrize("model", [MODEL, "onnx: {storageUri: x}"])
def test_w07_one_and_several(model: str) -> None:
    assert uris("uri: 's3://a'", model=model) == [f"both {AT}/storageUris"]


def test_w07_a_variable_is_a_storage_uri_too() -> None:
    env = "env: [{name: STORAGE_URI, value: 's3://a'}]"
    text = service(
        MODEL, f", transformer: {{storageUris: [{{uri: 's3://a'}}], containers: [{{{env}}}]}}"
    )

    assert of("VS417", text) == ["both /spec/transformer/storageUris"]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("storageUri: 's3://a', confidential: {enabled: true}", []),
        ("confidential: {enabled: true}", [f"storage {AT}/model/confidential"]),
        ("confidential: {enabled: false, resourceId: x}", []),
        ("storageUri: 'pvc://a', confidential: {enabled: true}", [f"kept {AT}/model/confidential"]),
        (
            "storageUri: 's3://a', confidential: {enabled: true, resourceId: 'kbs://a/b/c'}",
            [f"key {AT}/model/confidential/resourceId"],
        ),
        ("storageUri: 's3://a', confidential: {enabled: true, resourceId: 'kbs:///a/b/c'}", []),
    ],
)
def test_w08_confidential(more: str, wanted: list[str]) -> None:
    assert of("VS418", with_model(more)) == wanted


@pytest.mark.parametrize(
    ("predictor", "more", "wanted"),
    [
        (MODEL, "", []),
        ("sklearn: {}", "", []),
        (SERVER, "", []),
        (f"containers: [{SIDE}]", "", []),
        (f"{MODEL}, containers: [{SIDE}]", "", []),
        ("minReplicas: 1", "", [f"none {AT}"]),
        ("containers: []", "", [f"none {AT}"]),
        ("model: x", "", []),
        ("modle: {}", "", []),
        ("custom: {}", "", []),
        (f"{MODEL}, {SERVER}", "", [f"several {AT}/containers/0"]),
        ("sklearn: {}, onnx: {}", "", [f"several {AT}/onnx"]),
        ("sklearn: {}, model: {}", "", [f"dropped {AT}/model"]),
        (MODEL, ", transformer: {}", ["none /spec/transformer"]),
        (MODEL, ", transformer: null", []),
        (
            MODEL,
            ", explainer: {art: {}, containers: [{}]}",
            ["several /spec/explainer/containers/0"],
        ),
        (
            MODEL,
            ", canary: [{predictor: {name: b, sklearn: {}, model: {}}}]",
            ["several /spec/canary/0/predictor/sklearn"],
        ),
        (MODEL, ", canary: [{predictor: {name: b}}]", ["none /spec/canary/0/predictor"]),
    ],
)
def test_w09_one_server(predictor: str, more: str, wanted: list[str]) -> None:
    assert of("VS419", service(predictor, more)) == wanted


@pytest.mark.parametrize(
    ("spec", "wanted"), [("", [f"none {AT}"]), (", spec: null", [f"none {AT}"]), (", sepc: 1", [])]
)
def test_w09_without_a_spec(spec: str, wanted: list[str]) -> None:
    head = "apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: a}"

    assert of("VS419", f"{{{head}{spec}}}") == wanted


def test_w09_frameworks_stay_in_model_mesh() -> None:
    text = service("sklearn: {}, model: {}", mode="ModelMesh")

    assert of("VS419", text) == [f"several {AT}/sklearn"]


@pytest.mark.parametrize(
    ("value", "count"), [("v1", 0), ("v2", 0), ("grpc-v2", 1), ("''", 1), ("2", 0), ("null", 1)]
)
def test_w10_protocol(value: str, count: int) -> None:
    env = f"env: [{{name: PROTOCOL, value: {value}}}]"

    assert len(of("VS420", service(f"containers: [{{name: x, {env}}}]"))) == count
    assert of("VS420", service(f"{MODEL}, containers: [{{name: x, {env}}}]")) == []


@pytest.mark.parametrize(
    ("framework", "wanted"),
    [
        ("onnx: {storageUri: 's3://a/b.onnx'}", []),
        ("onnx: {storageUri: 's3://a.b/c'}", []),
        ("onnx: {storageUri: 's3://a/b.bin'}", ["onnx @/onnx/storageUri"]),
        ("pytorch: {runtimeVersion: 1-gpu}", ["gpu_image @/pytorch/runtimeVersion"]),
        (
            "tensorflow: {runtimeVersion: '1', resources: {limits: {nvidia.com/gpu: 1}}}",
            ["cpu_image @/tensorflow/runtimeVersion"],
        ),
        ("tensorflow: {runtimeVersion: 1-gpu, resources: {limits: {nvidia.com/mig-1: 1}}}", []),
        ("pmml: {storage: {key: a}, storageUri: 'gs://a'}", ["scheme @/pmml/storageUri"]),
        (
            "pmml: {storage: {parameters: {type: gs}}}",
            ["scheme @/pmml/storage/parameters/type"],
        ),
        ("pmml: {storage: {parameters: {type: s3}}}", []),
        ("sklearn: {storage: {parameters: {type: gs}}}", []),
        ("model: {storage: {key: a}, storageUri: 'gs://a'}", []),
    ],
)
def test_w10_where_frameworks_stay(framework: str, wanted: list[str]) -> None:
    canary = service(MODEL, f", canary: [{{predictor: {{name: b, {framework}}}}}]")
    at = "/spec/canary/0/predictor"

    assert of("VS420", canary) == [one.replace("@", at) for one in wanted]
    assert of("VS420", service(framework, mode="ModelMesh")) == [
        one.replace("@", AT) for one in wanted
    ]
    assert of("VS420", service(framework)) == []


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("minReplicas: 0, maxReplicas: 0", []),
        ("minReplicas: 3, maxReplicas: 0", []),
        ("minReplicas: 3, maxReplicas: 3", []),
        ("minReplicas: 3, maxReplicas: 2", [f"crossed {AT}/minReplicas"]),
        ("minReplicas: -1", [f"negative {AT}/minReplicas"]),
        ("maxReplicas: -1", [f"negative {AT}/maxReplicas"]),
        ("containerConcurrency: -1", [f"negative {AT}/containerConcurrency"]),
        ("minReplicas: '3', maxReplicas: 2", []),
        ("minReplicas: true, maxReplicas: 2", []),
    ],
)
def test_w11_bounds(fields: str, wanted: list[str]) -> None:
    assert of("VS421", service(f"{fields}, {MODEL}")) == wanted
    other = [one.replace("predictor", "transformer") for one in wanted]
    assert of("VS421", service(MODEL, f", transformer: {{{fields}, {SERVER}}}")) == other


@pytest.mark.parametrize(
    ("logger", "wanted"),
    [
        ("{mode: all}", []),
        ("{mode: some}", []),
        ("{}", [f"mode {AT}/logger"]),
        ("null", []),
        ("{mode: all, storage: {path: a, parameters: {}, key: b}}", []),
        (
            "{mode: all, storage: {path: a}}",
            [f"storage {AT}/logger/storage", f"storage {AT}/logger/storage"],
        ),
    ],
)
def test_w12_logger(logger: str, wanted: list[str]) -> None:
    assert of("VS422", service(f"logger: {logger}, {MODEL}")) == wanted
