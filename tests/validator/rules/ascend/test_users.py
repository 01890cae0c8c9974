# SPDX-License-Identifier: Apache-2.0
"""VS512: who may open the devices of an NPU."""

from __future__ import annotations

import pytest

from support.npu_pods import component, pod, said, service

NPU = "huawei.com/Ascend310P: 1"
CORES = "huawei.com/npu-core: 2"
CANN = "quay.io/ascend/cann:8.5.1-310p-ubuntu22.04-py3.11"
DROPPED = "capabilities: {drop: [ALL]}"


def of(of_pod: str, of_container: str = "", *, image: str = "a", limits: str = NPU) -> str:
    """The keys of what is found."""
    text = pod(
        limits,
        container=f"securityContext: {{{of_container}}}",
        spec=f"securityContext: {{{of_pod}}}",
    ).replace("image: a", f"image: '{image}'")
    return " ".join(one.split()[1] for one in said("VS512", text))


@pytest.mark.parametrize(
    ("of_pod", "of_container", "finding"),
    [
        ("", "", ""),
        ("runAsUser: 1000", "", ""),
        ("runAsUser: 0", "", ""),
        ("runAsUser: 65534", "", "stranger"),
        ("runAsUser: 65534, runAsGroup: 1001", "", ""),
        ("runAsUser: 65534, supplementalGroups: [1000]", "", ""),
        ("runAsUser: 65534, supplementalGroups: []", "", "stranger"),
        ("runAsUser: 65534, fsGroup: 1000", "", ""),
        ("runAsUser: 65534", "runAsUser: 1000", ""),
        ("runAsUser: 1000", "runAsUser: 65534", "stranger"),
        ("runAsUser: 65534", "privileged: true", ""),
        ("runAsUser: 0", DROPPED, "powerless"),
        ("runAsUser: 0", "capabilities: {drop: [all]}", "powerless"),
        ("runAsUser: 0", "capabilities: {drop: [NET_RAW]}", ""),
        ("runAsUser: 0", "capabilities: {drop: [ALL], add: [CAP_DAC_OVERRIDE]}", ""),
        ("runAsUser: 0, supplementalGroups: [1000]", DROPPED, ""),
        ("", DROPPED, ""),
        ("runAsNonRoot: true", "", ""),
        ("runAsUser: many", "", ""),
    ],
)
def test_users_groups_and_capabilities(of_pod: str, of_container: str, finding: str) -> None:
    assert of(of_pod, of_container) == finding


@pytest.mark.parametrize(
    "image", [CANN, "mirror.test/ascendhub/cann:8", "quay.io/ascend/vllm-ascend"]
)
def test_some_images_are_known_to_be_roots(image: str) -> None:
    assert of("runAsNonRoot: true", image=image) == "root"
    assert of("", DROPPED, image=image) == "powerless"
    assert of("runAsNonRoot: true, runAsUser: 1000", image=image) == ""
    assert of("runAsNonRoot: true", image=f"{image.replace('ascend', 'ascendish')}") == ""


@pytest.mark.parametrize(
    ("of_pod", "finding"),
    [
        ("", ""),
        ("runAsUser: 0", ""),
        ("runAsUser: 1000", "slice"),
        ("runAsNonRoot: true", "slice"),
        ("runAsUser: 1000, fsGroup: 1000", "slice"),
    ],
)
def test_a_slice_that_is_cut_for_the_pod_is_roots(of_pod: str, finding: str) -> None:
    assert of(of_pod, limits=CORES) == finding


def test_our_runtime_drops_all_capabilities_and_is_not_root() -> None:
    root = "securityContext: {runAsUser: 0}"
    assert said("VS512", service(NPU, predictor=root)) == ["warning powerless 0"]
    assert said("VS512", service(NPU, predictor=root).replace("velaserve-ascend", "mindie")) == []
    assert said("VS512", service(CORES)) == ["warning slice huawei.com/npu-core"]


@pytest.mark.parametrize(
    ("accelerator", "properties", "traits", "findings"),
    [
        ("chip: 310P", "podSecurity: {runAsUser: 0}", "", ["warning powerless 0"]),
        ("chip: 310P", "podSecurity: {runAsUser: 0, supplementalGroups: [1000]}", "", []),
        ("chip: 310P", "podSecurity: {runAsUser: 0}", "{type: compile-cache}", []),
        ("chip: 310P", "podSecurity: {runAsUser: 2000}", "", ["warning stranger 2000"]),
        ("chip: 310P", "", "", []),
        ("chip: 310P, slice: {npuCore: 2}", "", "", ["warning slice 2"]),
        (
            "chip: 310P, slice: {npuCore: 2}",
            "podSecurity: {runAsUser: 0, supplementalGroups: [1000]}",
            "",
            [],
        ),
    ],
)
def test_components(accelerator: str, properties: str, traits: str, findings: list[str]) -> None:
    assert said("VS512", component(accelerator, properties=properties, traits=traits)) == findings
