# SPDX-License-Identifier: Apache-2.0
"""VS314: numbers at and beyond their bounds."""

from __future__ import annotations

import pytest

from support.findings import an, deployment, messages, pod

GET = "httpGet: {path: /, port: 80}"


def autoscaler(spec: str) -> str:
    return an("autoscaling/v2", "HorizontalPodAutoscaler", f"spec: {{{spec}}}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            pod(container="ports: [{containerPort: 0}]"),
            "containerPort must be from 1 to 65535, found 0",
        ),
        (
            pod(container="livenessProbe: {httpGet: {path: /, port: 70000}}"),
            "port must be from 1 to 65535, found 70000",
        ),
        (
            pod(container=f"livenessProbe: {{{GET}, successThreshold: 2}}"),
            "successThreshold must be 1 there, found 2",
        ),
        (
            pod(container=f"readinessProbe: {{{GET}, periodSeconds: -1}}"),
            "periodSeconds must be at least 0, found -1",
        ),
        (
            pod("volumes: [{name: v, secret: {secretName: s, defaultMode: 644}}]"),
            "defaultMode must be from 0 to 511, found 644",
        ),
        (deployment("replicas: -1"), "replicas must be at least 0, found -1"),
        (
            an("batch/v1", "CronJob", "spec: {jobTemplate: {spec: {backoffLimit: -1}}}"),
            "backoffLimit must be at least 0, found -1",
        ),
        (autoscaler("maxReplicas: 0"), "maxReplicas must be at least 1, found 0"),
        (autoscaler("minReplicas: 0, maxReplicas: 3"), "minReplicas must be at least 1, found 0"),
        (
            autoscaler("behavior: {scaleDown: {stabilizationWindowSeconds: 7200}}"),
            "stabilizationWindowSeconds must be from 0 to 3600, found 7200",
        ),
        (
            an("scheduling.k8s.io/v1", "PriorityClass", "value: 2000000000"),
            "value must be from -2147483648 to 1000000000, found 2000000000",
        ),
        (
            an("v1", "Service", "spec: {ports: [{port: 0}]}"),
            "port must be from 1 to 65535, found 0",
        ),
    ],
)
def test_numbers_beyond_their_bounds(text: str, message: str) -> None:
    assert messages("VS314", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        pod(container=f"readinessProbe: {{{GET}, successThreshold: 3}}"),
        pod(container=f"startupProbe: {{{GET}, successThreshold: 1, failureThreshold: 0}}"),
        pod("volumes: [{name: v, secret: {secretName: s, defaultMode: 0644}}]"),
        pod(container="ports: [{containerPort: 65535, hostPort: 0}]"),
        deployment("replicas: 0"),
        an("scheduling.k8s.io/v1", "PriorityClass", "value: -1"),
        an("v1", "Service", "spec: {ports: [{port: 80, targetPort: http}]}"),
        deployment("replicas: two"),
    ],
)
def test_numbers_within_their_bounds(text: str) -> None:
    assert messages("VS314", text) == []
