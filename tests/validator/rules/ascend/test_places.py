# SPDX-License-Identifier: Apache-2.0
"""VS508 to VS511: nodes, their processors and chips, and which cards a container sees."""

from __future__ import annotations

import pytest

from support.npu_pods import component, pod, said, service

NPU = "huawei.com/Ascend310P: 1"
CARDS = "huawei.com/Ascend910: 1"


def of_image(image: str, spec: str) -> list[str]:
    return said("VS508", pod(NPU, spec=spec).replace("image: a", f"image: {image}"))


@pytest.mark.parametrize(
    ("image", "selector", "finding"),
    [
        ("r/a:1-amd64", "host-arch: huawei-arm", "other"),
        ("r/a-aarch64:1", "host-arch: huawei-x86", "other"),
        ("arm64v8/a:1", "kubernetes.io/arch: amd64", "other"),
        ("r/a:1-x86_64", "beta.kubernetes.io/arch: arm64", "other"),
        ("r/a:1-amd64", "host-arch: huawei-x86", ""),
        ("r/a:1", "host-arch: huawei-arm", ""),
        ("r/a:amd64-arm64", "host-arch: huawei-arm", ""),
        ("r/charm64:1", "host-arch: huawei-x86", ""),
        ("r/a:1@sha256:amd64", "host-arch: huawei-arm", ""),
        ("r/a:1-amd64", "x: y", "any"),
        ("r/a:1-arm64", "x: y", ""),
    ],
)
def test_processors(image: str, selector: str, finding: str) -> None:
    findings = of_image(f"'{image}'", f"nodeSelector: {{{selector}}}")

    assert findings == ([f"warning {finding} '{image}'"] if finding else [])


def test_affinity_may_say_which_processors() -> None:
    affinity = "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}"

    assert of_image("r/a:amd64", affinity) == []


@pytest.mark.parametrize(("value", "known"), [("huawei-arm", True), ("arm64", False), ("x", False)])
def test_values_of_host_arch(value: str, known: bool) -> None:
    findings = of_image("a", f"nodeSelector: {{host-arch: {value}}}")

    assert findings == ([] if known else [f"warning host {value}"])


def test_processors_of_pods_without_npus_are_no_matter() -> None:
    text = pod("nvidia.com/gpu: 1", spec="nodeSelector: {host-arch: huawei-arm}")

    assert said("VS508", text.replace("image: a", "image: a:amd64")) == []


@pytest.mark.parametrize(
    ("limits", "spec", "finding"),
    [
        (CARDS, "", "anywhere huawei.com/Ascend910"),
        (CARDS, "nodeSelector: {x: y}", ""),
        (CARDS, "tolerations: [{key: npu, operator: Exists}]", ""),
        (
            CARDS,
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}",
            "",
        ),
        (CARDS, "affinity: {podAffinity: {}}", "anywhere huawei.com/Ascend910"),
        (NPU, "", ""),
        ("huawei.com/Ascend910B4: 1, huawei.com/Ascend910B4-memory: 1024", "", ""),
        ("huawei.com/Ascend910-2c: 1", "", ""),
        ("huawei.com/npu-core: 10", "", "anywhere huawei.com/npu-core"),
        (NPU, "nodeSelector: {accelerator: huawei-Ascend910}", "contradicted huawei-Ascend910"),
        (NPU, "nodeSelector: {accelerator-type: module}", "contradicted module"),
        (NPU, "nodeSelector: {node.kubernetes.io/npu.chip.name: 910B4}", "contradicted 910B4"),
        (NPU, "nodeSelector: {node.kubernetes.io/npu.chip.name: Ascend310P3}", ""),
        (NPU, "nodeSelector: {accelerator: lab}", ""),
    ],
)
def test_nodes(limits: str, spec: str, finding: str) -> None:
    assert said("VS509", pod(limits, spec=spec)) == ([f"warning {finding}"] if finding else [])


def test_a_runtime_may_choose_the_nodes() -> None:
    assert said("VS509", service(CARDS)) == ["warning anywhere huawei.com/Ascend910"]
    assert said("VS509", service(CARDS).replace("velaserve-ascend", "mindie")) == []


def test_a_component_names_a_chip_but_not_its_nodes() -> None:
    assert said("VS509", component("chip: 910B4")) == ["warning anywhere 910B4"]
    assert said("VS509", component("chip: 310P")) == []


def variable(source: str, limits: str = NPU) -> list[str]:
    return said(
        "VS510", pod(limits, container=f"env: [{{name: ASCEND_VISIBLE_DEVICES, {source}}}]")
    )


def annotation(name: str) -> str:
    path = f"\"metadata.annotations['huawei.com/{name}']\""
    return f"valueFrom: {{fieldRef: {{fieldPath: {path}}}}}"


def test_a_literal_is_not_the_schedulers_choice() -> None:
    assert variable("value: '0'") == ["error literal '0'"]
    assert variable("value: void") == ["error literal void"]
    assert variable("value: '0'", "nvidia.com/gpu: 1") == []
    assert said(
        "VS510", component("chip: 310P", properties="env: {ASCEND_VISIBLE_DEVICES: '0'}")
    ) == ["error literal '0'"]


@pytest.mark.parametrize(
    ("name", "limits", "finding"),
    [
        ("Ascend310P", NPU, ""),
        ("AscendReal", NPU, ""),
        ("Ascend910", CARDS, ""),
        ("Ascend910", NPU, "other"),
        ("Ascend910", "huawei.com/Ascend910B4: 1", ""),
        ("Ascend310P", "huawei.com/Ascend310P-2c: 1", "slice"),
    ],
)
def test_the_annotation_is_that_of_the_resource(name: str, limits: str, finding: str) -> None:
    messages = [one.split()[1] for one in variable(annotation(name), limits)]

    assert messages == ([finding] if finding else [])


def test_what_comes_from_elsewhere_is_not_known() -> None:
    assert variable("valueFrom: {configMapKeyRef: {name: a, key: b}}") == []


@pytest.mark.parametrize(
    ("limits", "container", "spec", "findings"),
    [
        (NPU, "securityContext: {privileged: true}", "", ["warning privileged true"]),
        (NPU, "securityContext: {privileged: false}", "", []),
        ("nvidia.com/gpu: 1", "securityContext: {privileged: true}", "", []),
        ("x: 1", "securityContext: {privileged: true}", "", []),
        ("x: 1", "", "volumes: [{name: a, hostPath: {path: /dev/davinci3}}]",
         ["warning mounted /dev/davinci3"]),
        (NPU, "", "volumes: [{name: a, hostPath: {path: /usr/local/Ascend/driver}}]", []),
    ],
)  # fmt: skip
def test_devices_of_the_node(limits: str, container: str, spec: str, findings: list[str]) -> None:
    assert said("VS511", pod(limits, container=container, spec=spec)) == findings
