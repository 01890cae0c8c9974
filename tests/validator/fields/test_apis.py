# SPDX-License-Identifier: Apache-2.0
"""Which API was meant, and which have gone; anybody's own kinds are left alone."""

from __future__ import annotations

import pytest

from velaserve_lint.fields.apis import end_of, may_be_ours, meant


@pytest.mark.parametrize(
    ("api_version", "kind", "near"),
    [
        ("apps/v1", "Deploymnet", ("apps/v1", "Deployment")),
        ("apps/v1", "deployment", ("apps/v1", "Deployment")),
        ("v1", "Configmap", ("v1", "ConfigMap")),
        ("apps/v1beta3", "Deployment", ("apps/v1", "Deployment")),
        ("app/v1", "Deployment", ("apps/v1", "Deployment")),
        ("v1", "Deployment", ("apps/v1", "Deployment")),
        ("core/v1", "Pod", ("v1", "Pod")),
        ("autoscaling/v3", "HorizontalPodAutoscaler", ("autoscaling/v2", None)),
        ("networking.k8s.io/v1", "Gateway", ("gateway.networking.k8s.io/v1", "Gateway")),
        ("serving.kserve.io/v1beta2", "InferenceService", ("serving.kserve.io/v1beta1", None)),
        ("serving.kserve.io/v1beta1", "InferenceServce", (None, "InferenceService")),
        ("serving.kserv.io/v1beta1", "InferenceService", ("serving.kserve.io/v1beta1", None)),
        ("monitoring.coreos.com/v1", "ServiceMonitors", (None, "ServiceMonitor")),
        ("gateway.networking.k8s.io/v1alpha2", "GRPCRoute", ("gateway.networking.k8s.io/v1", None)),
    ],
)
def test_a_slip_is_seen(api_version: str, kind: str, near: tuple[str | None, str | None]) -> None:
    assert meant(api_version, kind) == (near[0] or api_version, near[1] or kind)


@pytest.mark.parametrize(
    ("api_version", "kind"),
    [
        ("apps/v1", "Deployment"),
        ("apps/v1", "DeploymentList"),
        ("v1", "List"),
        ("v1", "Config"),
        ("policy/v1beta1", "PodDisruptionBudget"),
        ("serving.knative.dev/v1", "Service"),
        ("networking.istio.io/v1", "Gateway"),
        ("azmonitoring.coreos.com/v1", "ServiceMonitor"),
        ("apps.kruise.io/v1beta1", "StatefulSet"),
        ("batch.volcano.sh/v1alpha1", "Job"),
        ("serving.kserve.io/v1alpha1", "LLMInferenceService"),
        ("serving.kserve.io/v1beta3", "SomethingNew"),
        ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
        ("snapshot.storage.k8s.io/v1", "VolumeSnapshot"),
        ("acme.example.com/v1", "Deploymnet"),
        ("", ""),
        ("/", "Deployment/"),
    ],
)
def test_what_may_exist_is_left_alone(api_version: str, kind: str) -> None:
    assert meant(api_version, kind) is None


@pytest.mark.parametrize(
    ("api_version", "kind", "removed", "replacement"),
    [
        ("extensions/v1beta1", "Ingress", (1, 22), "networking.k8s.io/v1"),
        ("policy/v1beta1", "PodDisruptionBudget", (1, 25), "policy/v1"),
        ("policy/v1beta1", "PodSecurityPolicy", (1, 25), ""),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", (1, 26), "autoscaling/v2"),
        ("batch/v1beta1", "CronJob", (1, 25), "batch/v1"),
        ("node.k8s.io/v1beta1", "RuntimeClass", (1, 25), "node.k8s.io/v1"),
        ("networking.k8s.io/v1beta1", "IngressClass", (1, 22), "networking.k8s.io/v1"),
        ("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", (1, 26), None),
        ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", (1, 22), None),
    ],
)
def test_an_end_has_what_stays(
    api_version: str, kind: str, removed: tuple[int, ...], replacement: str | None
) -> None:
    group = api_version.partition("/")[0]

    end = end_of(api_version, kind)
    assert end
    assert (end.removed, end.replacement) == (
        removed,
        f"{group}/v1" if replacement is None else replacement,
    )
    assert end.deprecated < end.removed


def test_what_is_served_has_no_end() -> None:
    assert end_of("apps/v1", "Deployment") is None


@pytest.mark.parametrize(
    ("api_version", "kind", "ours"),
    [
        ("apps/v1", "Deployment", True),
        ("v1", "Node", True),
        ("extensions/v1beta1", "Ingress", True),
        ("app/v1", "Deployment", True),
        ("keda.sh/v1alpha1", "Something", False),
        ("argoproj.io/v1alpha1", "Application", False),
    ],
)
def test_what_is_looked_at(api_version: str, kind: str, ours: bool) -> None:
    assert may_be_ours(api_version, kind) is ours
