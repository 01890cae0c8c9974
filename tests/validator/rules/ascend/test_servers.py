# SPDX-License-Identifier: Apache-2.0
"""VS515 to VS520: what a server beside an NPU needs of its image, its volumes and its node."""

from __future__ import annotations

import pytest

from support.npu_pods import component, deployment, pod, said, service

NPU = "huawei.com/Ascend310P: 1"
CARDS = "huawei.com/Ascend910: 1"
CANN = "quay.io/ascend/cann:8.5.1-310p-ubuntu22.04-py3.11"


@pytest.mark.parametrize(
    ("image", "words", "is_found"),
    [
        (CANN, "command: [python3, a.py]", True),
        ("registry.test/ascendhub/cann", "command: [python3, a.py]", True),
        (CANN, "args: [python3, a.py]", False),
        (CANN, "command: []", False),
        (CANN, "command: [bash, -c, 'source set_env.sh && python3 a.py']", False),
        (CANN, "command: [bash], args: [-lc, python3 a.py]", False),
        (CANN, "command: [/entrypoint.sh, python3, a.py]", False),
        ("quay.io/ascend/vllm-ascend:v1", "command: [python3, a.py]", False),
        ("registry.test/scann:1", "command: [python3, a.py]", False),
    ],
)
def test_commands(image: str, words: str, is_found: bool) -> None:
    text = pod(NPU, container=words).replace("image: a", f"image: '{image}'")

    assert said("VS515", text) == (["warning skipped command"] if is_found else [])


CLAIM = "volumes: [{name: c, persistentVolumeClaim: {claimName: c}}]"


def cached(
    mount: str = "mountPath: /cache",
    path: str = "/cache/kernels",
    *,
    volumes: str = CLAIM,
    selector: str = "accelerator: huawei-Ascend910",
    replicas: int = 2,
) -> list[str]:
    container = (
        f"volumeMounts: [{{name: c, {mount}}}], env: [{{name: ASCEND_CACHE_PATH, value: '{path}'}}]"
    )
    pods = f"{volumes}, nodeSelector: {{{selector}}}"
    spec = f"replicas: {replicas},"
    return said("VS516", deployment(CARDS, spec=spec, container=container, pods=pods))


def test_a_folder_of_kernels_that_pods_share() -> None:
    assert cached() == ["warning shared '/cache/kernels'"]
    assert cached(path="/cache") == ["warning shared '/cache'"]


def test_folders_that_are_not_shared_by_chips() -> None:
    assert cached(replicas=1) == []
    assert cached(path="/tmp/kernels") == []
    assert cached(path="/cached") == []
    assert cached(path="/cache/910b4") == []
    assert cached(mount="mountPath: /cache, subPath: 310p") == []
    assert cached(mount="mountPath: /cache, subPathExpr: $(NODE_NAME)") == []
    assert cached(volumes="volumes: [{name: c, emptyDir: {}}]") == []
    assert cached(selector="node.kubernetes.io/npu.chip.name: 910B4") == []
    assert cached(selector="example.com/pool: b4") == []


@pytest.mark.parametrize(
    ("limits", "container", "finding"),
    [
        (NPU, "args: [--workers, '2']", "'2'"),
        (NPU, "args: [--workers=2]", "--workers=2"),
        (NPU, "command: [sh, -c, 'gunicorn --workers 3 a']", "'gunicorn --workers 3 a'"),
        (NPU, "env: [{name: WEB_CONCURRENCY, value: '2'}]", "'2'"),
        (NPU, "env: [{name: VELASERVE_WORKERS, value: '4'}]", "'4'"),
        (NPU, "env: [{name: TS_DEFAULT_WORKERS_PER_MODEL, value: '2'}]", "'2'"),
        (NPU, "args: [--workers, '1']", ""),
        (NPU, "args: [--workers]", ""),
        (NPU, "args: [--max-workers=8]", ""),
        (NPU, "args: [--workers=1], env: [{name: WEB_CONCURRENCY, value: '2'}]", ""),
        ("huawei.com/Ascend310P: 4", "args: [--workers=4]", ""),
        ("huawei.com/Ascend310P: 4", "args: [--workers=5]", "--workers=5"),
        ("huawei.com/Ascend310P-2c: 1", "args: [--workers=2]", "--workers=2"),
        ("huawei.com/npu-core: 4", "args: [--workers=4]", "--workers=4"),
        ("nvidia.com/gpu: 1", "args: [--workers=4]", ""),
    ],
)  # fmt: skip
def test_processes(limits: str, container: str, finding: str) -> None:
    findings = said("VS517", pod(limits, container=container))

    assert findings == ([f"warning workers {finding}"] if finding else [])


@pytest.mark.parametrize(
    ("limits", "spec", "is_found"),
    [
        (CARDS, "nodeSelector: {accelerator: huawei-Ascend910}", True),
        (CARDS, "nodeSelector: {accelerator-type: module-910b-8}", True),
        (CARDS, "nodeSelector: {accelerator-type: module}", False),
        (CARDS, "nodeSelector: {node.kubernetes.io/npu.chip.name: 910B4}", False),
        (CARDS, "nodeSelector: {example.com/pool: b4}", False),
        (CARDS, "affinity: {nodeAffinity: {x: y}}", False),
        # VS509 asks for nodes already.
        (CARDS, "", False),
        (NPU, "nodeSelector: {host-arch: huawei-arm}", False),
        ("nvidia.com/gpu: 1", "nodeSelector: {accelerator: huawei-Ascend910}", False),
    ],
)  # fmt: skip
def test_offline_models(limits: str, spec: str, is_found: bool) -> None:
    text = pod(limits, spec=spec, container="args: [--model, /m/a.om]")

    assert said("VS518", text) == (["warning any /m/a.om"] if is_found else [])


@pytest.mark.parametrize("words", ["[/m/a.onnx]", "[a.omx]", "[models.om.example.com/a]", "[.om]"])
def test_what_is_no_offline_model(words: str) -> None:
    spec = "nodeSelector: {accelerator: huawei-Ascend910}"

    assert said("VS518", pod(CARDS, spec=spec, container=f"args: {words}")) == []


def test_formats_of_services_and_components() -> None:
    placed = "nodeSelector: {accelerator: huawei-Ascend910}"
    text = service(CARDS, predictor=placed).replace("name: onnx", "name: om")
    assert said("VS518", text) == ["warning any om"]
    assert said("VS518", text.replace("velaserve-ascend", "mindie")) == []
    text = component("chip: 910B4", properties=f"placement: {{{placed}}}")
    assert said("VS518", text.replace("name: onnx", "name: om")) == ["warning any om"]


@pytest.mark.parametrize(
    ("resources", "is_found"),
    [
        (f"limits: {{{NPU}}}", True),
        (f"limits: {{{NPU}, cpu: 1}}", True),
        (f"limits: {{{NPU}}}, requests: {{memory: 1Gi}}", True),
        (f"limits: {{{NPU}, cpu: 1}}, requests: {{memory: 1Gi}}", False),
    ],
)
def test_the_hosts_part(resources: str, is_found: bool) -> None:
    text = pod("x: 1").replace("limits: {cpu: 1, memory: 1Gi, x: 1}", resources)
    findings = ["warning missing huawei.com/Ascend310P"] if is_found else []

    assert said("VS519", text) == findings


def test_a_runtime_may_bring_the_hosts_part() -> None:
    text = service(NPU).replace("cpu: 1, memory: 1Gi, ", "")

    assert said("VS519", text) == ["warning missing huawei.com/Ascend310P"]
    assert said("VS519", text.replace("velaserve-ascend", "mindie")) == []
    containers = f"containers: [{{name: c, image: a, resources: {{limits: {{{NPU}}}}}}}]"
    head = "apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: a}"
    assert said("VS519", f"{{{head}, spec: {{{containers}}}}}") == []


KNATIVE = "serving.kserve.io/deploymentMode: Knative"


@pytest.mark.parametrize(
    ("predictor", "fields"),
    [
        ("schedulerName: volcano", ["schedulerName"]),
        ("nodeSelector: {a: b}, tolerations: []", ["nodeSelector", "tolerations"]),
        ("runtimeClassName: ascend", ["runtimeClassName"]),
        ("affinity: {nodeAffinity: {}}", ["affinity"]),
        ("securityContext: {runAsUser: 1000}", ["securityContext"]),
        ("volumes: [{name: a, hostPath: {path: /a}}]", ["hostPath"]),
        ("volumes: [{name: a, persistentVolumeClaim: {claimName: a}}]", ["persistentVolumeClaim"]),
        ("volumes: [{name: a, emptyDir: {}}]", []),
    ],
)
def test_fields_behind_flags(predictor: str, fields: list[str]) -> None:
    found = [f"error flag {field}" for field in fields]

    assert said("VS520", service(NPU, predictor=predictor, annotations=KNATIVE)) == found
    assert said("VS520", service(NPU, predictor=predictor)) == []
    assert (
        said("VS520", service("nvidia.com/gpu: 1", predictor=predictor, annotations=KNATIVE)) == []
    )


def test_a_variable_from_a_field_is_behind_a_flag() -> None:
    model = "env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]"

    assert said("VS520", service(NPU, model=model, annotations=KNATIVE)) == ["error flag fieldRef"]


def test_a_component_in_knative_mode() -> None:
    properties = "runtime: mindie, deploymentMode: Knative, route: {mode: kserve}, placement: "
    text = component("chip: 310P", properties=properties + "{schedulerName: volcano}")

    assert said("VS520", text) == ["error flag schedulerName"]
