# SPDX-License-Identifier: Apache-2.0
"""VS503 to VS507: names of NPUs, what belongs together, and how many there are."""

from __future__ import annotations

import pytest

from support.npu_pods import component, pod, said, service
from velaserve_lint.names.ascend import npu_resources

CARDS = "huawei.com/Ascend910"


@pytest.mark.parametrize("name", npu_resources())
def test_every_known_name_is_known(name: str) -> None:
    assert said("VS503", pod(f"{name}: 1")) == []


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("huawei.com/ascend310P", "error slip"),
        ("huawei.com/Ascend310p", "error slip"),
        ("Huawei.com/Ascend910", "error slip"),
        ("huawei.com/Ascend910b4", "error slip"),
        ("huawei.com/Ascend910b", "error slip"),
        ("huawei.com/Acsend910", "error slip"),
        ("huawei.com/ascend910", "error slip"),
        ("huawei.com/NPU", "error slip"),
        ("huawei.com/npu_core", "error slip"),
        ("ascend.ai/npu", "warning unknown"),
        ("huawei.com/npu-memory-1Gi", "warning unknown"),
        ("huawei.com/Ascend910B", "warning former"),
        ("huawei.com/Ascend910B-memory", "warning former"),
    ],
)
def test_other_names(name: str, finding: str) -> None:
    assert said("VS503", pod(f"{name}: 1")) == [f"{finding} {name}"]


@pytest.mark.parametrize("name", ["nvidia.com/gpu", "amd.com/gpu", "example.com/Ascend910b"])
def test_other_vendors_names_are_theirs(name: str) -> None:
    assert said("VS503", pod(f"{name}: 1")) == []


def test_a_component_may_name_another_plugins_resource() -> None:
    assert said("VS503", component("chip: 310P, resource: huawei.com/Ascend310P-V")) == []
    text = component("chip: 310P, resource: huawei.com/ascend310P")
    assert said("VS503", text) == ["error slip huawei.com/ascend310P"]


@pytest.mark.parametrize(
    ("limits", "findings"),
    [
        (f"{CARDS}: 1, huawei.com/npu-core: 2", ["warning mixed huawei.com/npu-core"]),
        (f"{CARDS}: 1, {CARDS}B3: 1", ["warning mixed huawei.com/Ascend910B3"]),
        (f"{CARDS}B3: 1, {CARDS}B3-memory: 1024, {CARDS}B3-core: 10", []),
        ("huawei.com/Ascend310P: 1, huawei.com/Ascend310P-memory: 1024", []),
        (f"{CARDS}: 1, nvidia.com/gpu: 1", []),
        (
            "huawei.com/Ascend310P-1c: 1, huawei.com/Ascend310P-2c: 1, huawei.com/Ascend310P: 1",
            ["warning mixed huawei.com/Ascend310P-2c", "warning mixed huawei.com/Ascend310P"],
        ),
    ],
)
def test_mixed_names(limits: str, findings: list[str]) -> None:
    assert said("VS504", pod(limits)) == findings


@pytest.mark.parametrize(
    ("cores", "metadata", "spec", "findings"),
    [
        ("4", "", "", []),
        ("3", "", "", ["error cores 3"]),
        ("12", "", "", []),
        ("12", "labels: {ring-controller.atlas: ascend-310P}", "", ["error cores 12"]),
        ("30", "labels: {ring-controller.atlas: ascend-310P}", "", []),
        ("10", "labels: {ring-controller.atlas: ascend-910b}", "", []),
        ("4", "labels: {ring-controller.atlas: ascend-910b}", "", ["error cores 4"]),
        ("6", "", "nodeSelector: {node.kubernetes.io/npu.chip.name: 910B3}", ["error cores 6"]),
        ("5", "", "nodeSelector: {node.kubernetes.io/npu.chip.name: 910B3}", []),
        ("2", "", "nodeSelector: {node.kubernetes.io/npu.chip.name: 310P3}", []),
        ("0.5", "", "", []),
        ("4", "", "schedulerName: volcano", ["error unlabelled huawei.com/npu-core"]),
        ("4", "labels: {ring-controller.atlas: ascend-310P}", "schedulerName: volcano", []),
    ],
)
def test_aicores(cores: str, metadata: str, spec: str, findings: list[str]) -> None:
    text = pod(f"huawei.com/npu-core: {cores}", metadata=metadata, spec=spec)

    assert said("VS505", text) == findings


def test_the_definition_of_a_component_refuses_them_itself() -> None:
    volcano = "placement: {schedulerName: volcano}"

    bad = component("chip: 910B3, slice: {npuCore: 4}", properties=volcano)
    assert said("VS505", bad) == []
    assert said("VS142", bad) != []


@pytest.mark.parametrize(
    ("limits", "findings"),
    [
        ("huawei.com/Ascend310P-memory: 8192", []),
        ("huawei.com/Ascend310P-memory: 8k", []),
        ("huawei.com/Ascend310P-memory: 8Gi", ["error bytes 8Gi"]),
        ("huawei.com/Ascend310P-memory: 512Ki", ["error bytes 512Ki"]),
        ("huawei.com/Ascend310P-memory: 8589934592", ["error bytes 8589934592"]),
        ("huawei.com/Ascend310P-core: 50", ["error mode huawei.com/Ascend310P-core"]),
        ("huawei.com/Ascend910B3-memory: 1", ["error alone huawei.com/Ascend910B3-memory"]),
    ],
)
def test_parts_of_a_card(limits: str, findings: list[str]) -> None:
    assert said("VS506", pod(f"huawei.com/Ascend310P: 1, {limits}")) == findings


def test_percents_go_with_hamis_own_slices() -> None:
    limits = "huawei.com/Ascend310P: 1, huawei.com/Ascend310P-core: {}"
    metadata = "annotations: {huawei.com/vnpu-mode: hami-core}"

    assert said("VS506", pod(limits.format(100), metadata=metadata)) == []
    assert said("VS506", pod(limits.format(101), metadata=metadata)) == ["error percent 101"]
    assert said("VS506", component("chip: 310P, slice: {cores: 50}")) == []


def test_a_runtime_may_have_the_annotation() -> None:
    text = service("huawei.com/Ascend310P: 1, huawei.com/Ascend310P-core: 50")

    assert said("VS506", text) == ["error mode huawei.com/Ascend310P-core"]
    assert said("VS506", text.replace("velaserve-ascend", "mindie")) == []


@pytest.mark.parametrize(
    ("count", "spec", "metadata", "finding"),
    [
        (3, "nodeSelector: {accelerator-type: module}", "", "error said"),
        (8, "nodeSelector: {accelerator-type: module}", "", ""),
        (8, "nodeSelector: {accelerator-type: half}", "", "error said"),
        (7, "nodeSelector: {accelerator-type: module-910b-8}", "", ""),
        (9, "nodeSelector: {accelerator-type: module-910b-16}", "", "error said"),
        (5, "nodeSelector: {accelerator-type: module-a3-16}", "", "error said"),
        (3, "nodeSelector: {accelerator-type: lab}", "", ""),
        (3, "", "annotations: {huawei.com/schedule_policy: chip4-node4}", "error said"),
        (3, "", "annotations: {huawei.com/schedule_policy: chip8-node8}", ""),
        (3, "", "annotations: {huawei.com/schedule_policy: multilevel}", ""),
        (16, "schedulerName: volcano", "annotations: {sp-block: '16'}", ""),
        (15, "schedulerName: volcano", "annotations: {sp-block: '16'}", "error said"),
        (3, "schedulerName: volcano", "", "warning default"),
        (16, "schedulerName: volcano", "", "warning default"),
        (4, "schedulerName: volcano", "", ""),
        (3, "", "", "warning default"),
        (16, "", "", ""),
        (17, "", "", "warning default"),
        (3, "nodeSelector: {node.kubernetes.io/npu.chip.name: 910B4}", "", ""),
        (50, "", "labels: {huawei.com/scheduler.softShareDev.aicoreQuota: '50'}", ""),
        (0, "nodeSelector: {accelerator-type: module}", "", ""),
    ],
)
def test_numbers_of_cards(count: int, spec: str, metadata: str, finding: str) -> None:
    text = pod(f"{CARDS}: {count}", spec=spec, metadata=metadata)

    assert said("VS507", text) == ([f"{finding} {count}"] if finding else [])


@pytest.mark.parametrize("resource", ["huawei.com/Ascend310P", "huawei.com/Ascend910B3"])
def test_other_cards_are_not_wired_so(resource: str) -> None:
    assert said("VS507", pod(f"{resource}: 3", spec="schedulerName: volcano")) == []


def test_a_component_of_another_chip_than_910a_has_its_say() -> None:
    assert said("VS507", component("chip: 910B4, count: 3")) == []
    assert said("VS507", component("chip: 910A, count: 3")) == ["warning default 3"]
