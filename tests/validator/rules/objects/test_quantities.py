# SPDX-License-Identifier: Apache-2.0
"""VS310 to VS313: quantities of containers, volumes, quotas and autoscalers."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod, said

CLAIM = "spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: {}}}}}}}"


def container(resources: str) -> str:
    return pod(container=f"resources: {resources}")


def quota(hard: str) -> str:
    return an("v1", "ResourceQuota", f"spec: {{hard: {hard}}}")


def claim(size: str) -> str:
    return an("v1", "PersistentVolumeClaim", CLAIM.format(size))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            container("{limits: {cpu: two}}"),
            "cpu: 'two' is no quantity; write for example 500m or 2Gi",
        ),
        (
            container("{requests: {memory: 2GB}}"),
            "memory: '2GB' is no quantity; did you mean '2G'?",
        ),
        (container("{requests: {cpu: -1}}"), "cpu must not be negative, found -1"),
        (claim("10 Gi"), "storage: '10 Gi' is no quantity; did you mean '10Gi'?"),
        (
            an("v1", "ResourceQuota", "spec: {hard: {requests.cpu: lots}}"),
            "cpu: 'lots' is no quantity; write for example 500m or 2Gi",
        ),
        (
            pod("volumes: [{name: v, emptyDir: {sizeLimit: 1gb}}]"),
            "sizeLimit: '1gb' is no quantity; did you mean '1G'?",
        ),
        (
            an(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "spec: {metrics: [{type: Pods, pods: {target: {averageValue: ten}}}]}",
            ),
            "averageValue: 'ten' is no quantity; write for example 500m or 2Gi",
        ),
    ],
)
def test_what_is_no_quantity(text: str, message: str) -> None:
    assert messages("VS310", text) == [message]


@pytest.mark.parametrize(
    "resources",
    [
        "{limits: {cpu: 500m, memory: 1e9, ephemeral-storage: 2.5Gi}}",
        "{limits: {cpu: 0.5, memory: 1073741824}}",
        "{limits: {huawei.com/Ascend910: one}}",  # of accelerators, another rule speaks
        "{limits: {cpu: [1], memory: true}}",  # of types, the fields' rules
        '{limits: {cpu: "{{ .Values.cpu }}", memory: "${MEMORY}"}}',
    ],
)
def test_quantities_and_what_others_look_at(resources: str) -> None:
    assert messages("VS310", container(resources)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            container("{limits: {memory: 100m}}"),
            "100m of memory is no whole number of bytes: m is a thousandth",
        ),
        (claim("10"), "10 of storage is 10 bytes; did you mean 10Mi?"),
        (
            container("{requests: {cpu: 500, memory: 512Mi}}"),
            "500 of cpu is 500 cores; did you mean 500m?",
        ),
        (container("{limits: {cpu: 2000}}"), "2000 of cpu is 2000 cores; did you mean 2000m?"),
    ],
)
def test_quantities_that_nobody_means(text: str, message: str) -> None:
    assert messages("VS311", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        container("{limits: {cpu: 192, memory: 1500Gi}}"),
        container("{limits: {cpu: 320}}"),
        container("{limits: {memory: 64Ki, cpu: 100m}}"),
        container("{limits: {memory: 0}}"),
        container("{limits: {memory: 134217728}}"),
        an("v1", "ResourceQuota", "spec: {hard: {requests.cpu: 5000, pods: 10}}"),
    ],
)
def test_large_and_small_quantities_that_are_meant(text: str) -> None:
    assert messages("VS311", text) == []


def test_a_request_above_its_limit_in_other_units() -> None:
    resources = "{requests: {cpu: 1500m, memory: 1Gi}, limits: {cpu: 1, memory: 1024Mi}}"

    assert said("VS312", container(resources)) == [
        (
            "1500m of cpu is requested, but the limit is 1",
            "/spec/containers/0/resources/requests/cpu",
        )
    ]


def test_a_claim_above_its_limit() -> None:
    resources = "{requests: {storage: 2Gi}, limits: {storage: 1Gi}}"
    text = f"spec: {{accessModes: [ReadWriteOnce], resources: {resources}}}"

    assert messages("VS312", an("v1", "PersistentVolumeClaim", text)) == [
        "2Gi of storage is requested, but the limit is 1Gi"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("memroy", "a container has no resource 'memroy'; did you mean 'memory'?"),
        ("gpu", "a container has no resource 'gpu'; a vendor's begins with its domain"),
        ("storage", "a container has no resource 'storage'; a vendor's begins with its domain"),
    ],
)
def test_unknown_resources(name: str, message: str) -> None:
    assert messages("VS313", container(f"{{requests: {{{name}: 1}}}}")) == [message]


def test_resources_that_there_are() -> None:
    names = "{cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi, hugepages-2Mi: 2Mi, nvidia.com/gpu: 1}"

    assert messages("VS313", container(f"{{limits: {names}}}")) == []
    assert messages("VS313", quota("{pods: 4, requests.nvidia.com/gpu: 1, limits.cpu: 1}")) == []


def test_resources_that_no_quota_has() -> None:
    assert messages("VS313", quota("{requests.gpu: 1, limits.mem: 1}")) == [
        "a quota has no resource 'requests.gpu'; did you mean 'requests.cpu'?",
        "a quota has no resource 'limits.mem'; did you mean 'limits.memory'?",
    ]
