# SPDX-License-Identifier: Apache-2.0
"""VS370-VS376: autoscalers and what they scale."""

from __future__ import annotations

import pytest

from support.lint_run import found, found_in
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.relations.examples import (
    AUTOSCALER,
    CONTAINER_AUTOSCALER,
    SCALED_DEPLOYMENT,
    renamed,
)

TARGET = "{apiVersion: apps/v1, kind: Deployment, name: digits}"
OLD = (
    "{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: digits},"
    f" spec: {{scaleTargetRef: {TARGET}, maxReplicas: 4, targetCPUUtilizationPercentage: 80}}}}"
)
SCALED_OBJECT = """\
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: digits
spec:
  scaleTargetRef: {name: digits}
  triggers:
    - {type: cpu, metricType: Utilization, metadata: {value: "80"}}
"""
CPU = 'requests: {cpu: "1", memory: 2Gi}'
LIMIT = 'limits: {cpu: "2", memory: 2Gi}'
NO_CPU = but(but(SCALED_DEPLOYMENT, CPU, "requests: {memory: 2Gi}"), LIMIT, "limits: {memory: 2Gi}")


@pytest.mark.parametrize(
    ("autoscaler", "said"),
    [
        (AUTOSCALER, ""),
        (but(AUTOSCALER, "Deployment", "DaemonSet"), "DaemonSet has no number of pods to scale"),
        (
            but(AUTOSCALER, "apps/v1", "serving.kserve.io/v1beta1").replace(
                "Deployment", "InferenceService"
            ),
            "InferenceService has no number of pods to scale",
        ),
        (
            but(AUTOSCALER, "apiVersion: apps/v1, ", ""),
            "there is no Deployment in apiVersion ''; it is in 'apps/v1'",
        ),
        (
            but(AUTOSCALER, "apps/v1", "extensions/v1beta1"),
            "there is no Deployment in apiVersion 'extensions/v1beta1'; it is in 'apps/v1'",
        ),
        (but(AUTOSCALER, "apps/v1", "apps/v1beta2"), ""),
        (but(AUTOSCALER, "apps/v1", "example.com/v1").replace("Deployment", "Fleet"), ""),
        (but(AUTOSCALER, "apps/v1", "v1").replace("Deployment", "ReplicationController"), ""),
        (SCALED_OBJECT, ""),
        (but(SCALED_OBJECT, "{name: digits}", "{name: digits, kind: StatefulSet}"), ""),
        (
            but(SCALED_OBJECT, "{name: digits}", "{name: digits, kind: Job}"),
            "Job has no number of pods to scale",
        ),
    ],
)
def test_a_target_has_a_number_of_pods(autoscaler: str, said: str) -> None:
    assert found("VS370", autoscaler) == [f"error: {said}"] * bool(said)


@pytest.mark.parametrize("autoscaler", [AUTOSCALER, CONTAINER_AUTOSCALER])
@pytest.mark.parametrize(
    ("resource", "said"),
    [("cpu", 0), ("memory", 0), ("huawei.com/Ascend910", 1), ("nvidia.com/gpu", 1), ("[]", 0)],
)
def test_only_cpu_and_memory_are_measured(autoscaler: str, resource: str, said: int) -> None:
    text = but(autoscaler, "        name: cpu\n", f"        name: {resource}\n")

    assert len(found("VS371", SCALED_DEPLOYMENT, text)) == said


@pytest.mark.parametrize(
    ("deployment", "said"),
    [
        (SCALED_DEPLOYMENT, 0),
        (NO_CPU, 1),
        (but(SCALED_DEPLOYMENT, CPU, "requests: {memory: 2Gi}"), 0),
        (
            but(
                NO_CPU,
                "      containers",
                '      resources: {requests: {cpu: "1"}}\n      containers',
            ),
            0,
        ),
        (renamed(NO_CPU, "letters"), 0),
    ],
)
@pytest.mark.parametrize("autoscaler", [AUTOSCALER, OLD, CONTAINER_AUTOSCALER, SCALED_OBJECT])
def test_percent_is_of_a_request(deployment: str, said: int, autoscaler: str) -> None:
    assert len(found("VS372", deployment, autoscaler)) == said


def test_a_value_needs_no_request() -> None:
    value = but(
        AUTOSCALER,
        "type: Utilization, averageUtilization: 80",
        "type: AverageValue, averageValue: 1",
    )
    trigger = but(SCALED_OBJECT, "Utilization", "AverageValue")

    assert found("VS372", NO_CPU, value) == found("VS372", NO_CPU, trigger) == []


def test_a_request_may_come_from_a_limit_range_or_the_base_of_a_patch() -> None:
    limits = "{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: []}}"
    files = {
        "base/a.yaml": SCALED_DEPLOYMENT,
        "prod/a.yaml": f"{NO_CPU}---\n{AUTOSCALER}",
    }

    assert found("VS372", NO_CPU, AUTOSCALER, limits) == []
    assert found_in("VS372", files) == []


def test_only_the_container_that_is_meant_needs_a_request() -> None:
    second = (
        "      containers:\n        - {name: helper, image: registry.example.com/helper:1.0.0}\n"
    )
    deployment = but(SCALED_DEPLOYMENT, "      containers:\n", second)

    assert found("VS372", deployment, CONTAINER_AUTOSCALER) == []
    assert found("VS372", deployment, AUTOSCALER) == [
        "warning: container 'helper' requests no cpu, of which percent are followed"
    ]


@pytest.mark.parametrize(("container", "said"), [("server", 0), ("serve", 1), ("[]", 0)])
def test_a_container_that_is_followed_is_there(container: str, said: int) -> None:
    hpa = but(CONTAINER_AUTOSCALER, "container: server", f"container: {container}")
    keda = but(SCALED_OBJECT, '{value: "80"}', f'{{value: "80", containerName: {container}}}')

    for autoscaler in (hpa, keda):
        assert len(found("VS373", SCALED_DEPLOYMENT, autoscaler)) == said
        assert found("VS373", autoscaler) == []


@pytest.mark.parametrize("autoscaler", [AUTOSCALER, OLD, SCALED_OBJECT])
def test_replicas_beside_an_autoscaler(autoscaler: str) -> None:
    (said,) = found("VS374", DEPLOYMENT, autoscaler)

    assert said.startswith("warning: each apply sets the pods back to 2, however many ")
    assert found("VS374", SCALED_DEPLOYMENT, autoscaler) == []
    assert found("VS374", renamed(DEPLOYMENT, "letters"), autoscaler) == []


def test_the_autoscaler_of_another_folder_scales_the_workload_there() -> None:
    files = {
        "dev/a.yaml": DEPLOYMENT,
        "prod/a.yaml": SCALED_DEPLOYMENT,
        "prod/hpa.yaml": AUTOSCALER,
    }
    assert found_in("VS374", files) == []
    del files["prod/a.yaml"]
    assert len(found_in("VS374", files)) == 1


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (renamed(AUTOSCALER, "second"), 1),
        (SCALED_OBJECT, 1),
        (AUTOSCALER, 0),
        (
            renamed(AUTOSCALER, "second").replace(
                "Deployment, name: digits", "Deployment, name: letters"
            ),
            0,
        ),
        (
            but(
                SCALED_OBJECT,
                "  name: digits\n",
                "  name: digits\n"
                "  annotations: {scaledobject.keda.sh/transfer-hpa-ownership: 'true'}\n",
            ),
            0,
        ),
    ],
)
def test_one_autoscaler_for_each_workload(second: str, said: int) -> None:
    assert len(found("VS375", AUTOSCALER, second)) == said


BY_HPA = "scales 'digits-predictor' itself (autoscalerClass: hpa)"
OWN = but(AUTOSCALER, "Deployment, name: digits", "Deployment, name: digits-predictor")


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (INFERENCE_SERVICE, "keeps 'digits-predictor' at its minReplicas (autoscalerClass: none)"),
        (but(INFERENCE_SERVICE, "Class: none", "Class: external"), ""),
        (but(INFERENCE_SERVICE, "Class: none", "Class: hpa"), BY_HPA),
        (but(INFERENCE_SERVICE, "    serving.kserve.io/autoscalerClass: none\n", ""), BY_HPA),
        (but(INFERENCE_SERVICE, "Mode: Standard", "Mode: Knative"), ""),
        (but(INFERENCE_SERVICE, "    serving.kserve.io/deploymentMode: Standard\n", ""), ""),
        (renamed(INFERENCE_SERVICE, "letters"), ""),
        (
            but(
                INFERENCE_SERVICE,
                "  predictor:\n",
                "  predictor:\n    annotations: {serving.kserve.io/autoscalerClass: external}\n",
            ),
            "",
        ),
    ],
)
def test_kserve_scales_by_itself_unless_it_is_told_not_to(model: str, said: str) -> None:
    assert found("VS376", model, OWN) == [f"warning: KServe {said}"] * bool(said)
    assert found("VS376", model, OWN.replace("Deployment", "StatefulSet")) == []
    assert found("VS376", model, OWN.replace("-predictor", "-transformer")) == []
