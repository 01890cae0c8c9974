# SPDX-License-Identifier: Apache-2.0
"""VS501 and VS502: what the API server says of requests, limits and numbers of devices."""

from __future__ import annotations

import pytest

from support.npu_pods import component, pod, said, service

GPU = "nvidia.com/gpu: 1"


def both(requests: str, limits: str) -> str:
    return pod("x: 1").replace("x: 1}", f"{limits}}}, requests: {{{requests}}}")


@pytest.mark.parametrize(
    ("requests", "limits", "findings"),
    [
        (GPU, GPU, []),
        ("", GPU, []),
        ('nvidia.com/gpu: "1"', GPU, []),
        ("nvidia.com/gpu: 1000m", GPU, []),
        ("nvidia.com/gpu: 1", "nvidia.com/gpu: 2", ["error unequal 1"]),
        ("rdma/hca: 1k", "rdma/hca: 1000", []),
        ("rdma/hca: 1", "", ["error unlimited rdma/hca"]),
        ("nvidia.com/gpu: two", GPU, []),
        ("cpu: 1, ephemeral-storage: 1Gi", "", []),
        ("attachable-volumes.kubernetes.io/x: 1", "", []),
    ],
)
def test_request_and_limit(requests: str, limits: str, findings: list[str]) -> None:
    assert said("VS501", both(requests, limits)) == findings


def test_the_limit_may_be_the_runtimes() -> None:
    text = service("x: 1").replace(
        "{cpu: 1, memory: 1Gi, x: 1}", "{}, requests: {nvidia.com/gpu: 1}"
    )

    assert said("VS501", text) == ["error unlimited nvidia.com/gpu"]
    other = text.replace("velaserve-ascend", "mindie")
    assert said("VS501", other) == ["warning unlimited nvidia.com/gpu"]


@pytest.mark.parametrize(
    ("amount", "findings"),
    [
        ("1", []),
        ('"1"', []),
        ("0", []),
        ("1e0", []),
        ("0.5", ["error part 0.5"]),
        ("500m", ["error part 500m"]),
        ("-1", ["error part -1"]),
        ("one", ["error invalid one"]),
        ("'1 '", ["error invalid '1 '"]),
        ("1Ki", ["error scaled 1Ki"]),
        ("2000m", ["warning scaled 2000m"]),
        ("[1]", []),
        ("true", []),
    ],
)
def test_numbers_of_cards(amount: str, findings: list[str]) -> None:
    assert said("VS502", pod(f"nvidia.com/gpu: {amount}")) == findings
    assert said("VS502", pod(f"huawei.com/Ascend310P: {amount}")) == findings


@pytest.mark.parametrize("resource", ["rdma/hca", "huawei.com/Ascend910B3-memory"])
def test_what_is_no_card_may_have_a_suffix(resource: str) -> None:
    assert said("VS502", pod(f"{resource}: 1k")) == []


def test_what_differs_is_said_of_both_sides() -> None:
    text = both("nvidia.com/gpu: 0.5", "nvidia.com/gpu: 1.5")

    assert said("VS502", text) == ["error part 1.5", "error part 0.5"]


def test_a_component_renders_both_sides() -> None:
    assert said("VS501", component("chip: 310P, count: 2")) == []
