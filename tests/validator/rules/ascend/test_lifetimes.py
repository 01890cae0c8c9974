# SPDX-License-Identifier: Apache-2.0
"""VS513 and VS514: updates that wait for cards, and starts that wait for the compiler."""

from __future__ import annotations

import pytest

from support.npu_pods import component, deployment, pod, said, service

CARD = "huawei.com/Ascend310P"
NPU = f"{CARD}: 1"


def update(spec: str, limits: str = NPU) -> list[str]:
    return said("VS513", deployment(limits, spec=spec))


@pytest.mark.parametrize(
    ("spec", "finding"),
    [
        ("replicas: 1,", ""),
        ("replicas: 0,", ""),
        ("replicas: 2,", f"default {CARD}"),
        ("replicas: 3, strategy: {type: RollingUpdate},", f"default {CARD}"),
        # A quarter of four may be missing.
        ("replicas: 4,", ""),
        ("replicas: 2, strategy: {type: Recreate},", ""),
        ("replicas: 2, strategy: {rollingUpdate: {maxSurge: 0}},", ""),
        ("replicas: 2, strategy: {rollingUpdate: {maxSurge: 0%}},", ""),
        ("replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 1}},", ""),
        ("replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 40%}},", f"default {CARD}"),
        ("replicas: 1, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},", "said 1"),
        ("replicas: 9, strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}},", "said 25%"),
        ("strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 0}},", "said 2"),
        ("replicas: 2, strategy: {rollingUpdate: {maxSurge: many, maxUnavailable: 0}},", ""),
    ],
)  # fmt: skip
def test_roll_outs(spec: str, finding: str) -> None:
    assert update(spec) == ([f"warning {finding}"] if finding else [])


def test_one_pod_with_all_cards_of_a_node_needs_another_node() -> None:
    assert update("", "huawei.com/Ascend910: 8") == ["warning default huawei.com/Ascend910"]
    assert update("", "huawei.com/Ascend910: 4") == []


@pytest.mark.parametrize(
    "limits",
    [
        "huawei.com/Ascend310P: 1, huawei.com/Ascend310P-memory: 1024",
        "huawei.com/Ascend310P-1c: 1",
        "huawei.com/npu-core: 2",
        "nvidia.com/gpu: 1",
        "x: 1",
    ],
)
def test_parts_of_cards_and_others_devices_surge(limits: str) -> None:
    assert update("replicas: 2,", limits) == []


def test_whole_cards_under_hami_are_cards() -> None:
    assert update("replicas: 2,", "huawei.com/Ascend910B4: 1") == [
        "warning default huawei.com/Ascend910B4"
    ]


def test_only_deployments_surge() -> None:
    text = deployment(NPU, spec="replicas: 2,")
    assert said("VS513", text.replace("Deployment", "StatefulSet")) == []
    assert said("VS513", pod(NPU)) == []


def test_services_and_components_roll_out_by_deployments() -> None:
    predictor = "minReplicas: 2"
    assert said("VS513", service(NPU, predictor=predictor)) == [
        "warning default huawei.com/Ascend310P"
    ]
    knative = "serving.kserve.io/deploymentMode: Knative"
    assert said("VS513", service(NPU, predictor=predictor, annotations=knative)) == []
    assert said("VS513", component("chip: 310P", properties="minReplicas: 2")) == [
        "warning default 310P"
    ]
    strategy = "deploymentStrategy: {type: Recreate}"
    assert said("VS513", component("chip: 310P", properties=f"minReplicas: 2, {strategy}")) == []


def started(probe: str, limits: str = NPU, more: str = "") -> list[str]:
    return said("VS514", pod(limits, container=f"startupProbe: {{{probe}}}, {more}"))


@pytest.mark.parametrize(
    ("probe", "more", "is_found"),
    [
        ("httpGet: {path: /ready, port: 80}", "", True),
        ("httpGet: {path: /ready, port: 80}, failureThreshold: 6", "", False),
        ("httpGet: {path: /ready, port: 80}, initialDelaySeconds: 30", "", False),
        ("tcpSocket: {port: 80}, periodSeconds: 1", "", True),
        # Our server lives while it compiles.
        ("httpGet: {path: /v2/health/live, port: 80}", "", False),
        ("httpGet: {path: /ready, port: 80}", "args: [--model, a.om]", False),
        (
            "httpGet: {path: /ready, port: 80}, failureThreshold: 12",
            "env: [{name: VELASERVE_GEARS_BATCH, value: '1,2,4'}]",
            True,
        ),
    ],
)
def test_startup_probes(probe: str, more: str, is_found: bool) -> None:
    assert started(probe, more=more) == (["warning killed startupProbe"] if is_found else [])


def test_others_do_not_compile() -> None:
    assert started("httpGet: {path: /ready, port: 80}", "nvidia.com/gpu: 1") == []
    assert said("VS514", pod(NPU)) == []


SCALER = (
    "{type: autoscaler, properties: {minReplicas: 0, maxReplicas: 2, metrics: {queueDepth: 1}}}"
)


@pytest.mark.parametrize(
    ("properties", "traits", "is_found"),
    [
        ("", SCALER, True),
        ("", f"{SCALER}, {{type: compile-cache}}", False),
        ("modelFormat: {name: om}", SCALER, False),
        ("", SCALER.replace("minReplicas: 0", "minReplicas: 1"), False),
    ],
)
def test_the_last_pod_of_a_component(properties: str, traits: str, is_found: bool) -> None:
    text = component("chip: 310P", properties=properties, traits=traits)
    text = text.replace("modelFormat: {name: onnx}, ", "") if "om}" in properties else text

    assert said("VS514", text) == (["warning zero 0"] if is_found else [])


@pytest.mark.parametrize(
    ("annotations", "is_found"),
    [
        ("serving.kserve.io/deploymentMode: Knative", True),
        ("serving.kserve.io/deploymentMode: Serverless", True),
        ("serving.kserve.io/autoscalerClass: keda", True),
        # An HPA keeps a pod.
        ("serving.kserve.io/deploymentMode: Standard", False),
    ],
)
def test_the_last_pod_of_a_service(annotations: str, is_found: bool) -> None:
    text = service(NPU, predictor="minReplicas: 0", annotations=annotations)

    assert said("VS514", text) == (["warning zero 0"] if is_found else [])
