# SPDX-License-Identifier: Apache-2.0
"""Whole numbers that Kubernetes' schemas leave free and its API server does not.

Source: Kubernetes v1.34.4 pkg/apis/*/validation/validation.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.objects.scopes import CONTAINER, INIT_CONTAINER, MODEL, POD

if TYPE_CHECKING:
    from collections.abc import Mapping

INT32 = 2**31 - 1
_MODE = 0o777


class Bound(NamedTuple):
    """Both ends belong to it."""

    path: str
    least: int = 0
    most: int = INT32


def _none_negative(prefix: str, *fields: str) -> tuple[Bound, ...]:
    return tuple(Bound(f"{prefix}.{field}") for field in fields)


def _port(path: str) -> Bound:
    return Bound(path, 1, 65535)


def _probe(name: str, most_successes: int) -> tuple[Bound, ...]:
    times = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "failureThreshold")
    ports = (_port(f"{name}.{handler}.port") for handler in ("httpGet", "tcpSocket", "grpc"))
    successes = Bound(f"{name}.successThreshold", 0, most_successes)
    grace = Bound(f"{name}.terminationGracePeriodSeconds", 1)
    return (*_none_negative(name, *times), *ports, successes, grace)


_CONTAINER = (
    _port("ports[].containerPort"),
    Bound("ports[].hostPort", 0, 65535),
    *_none_negative("securityContext", "runAsUser", "runAsGroup"),
    *_probe("livenessProbe", 1),
    *_probe("startupProbe", 1),
    *_probe("readinessProbe", INT32),
)
_POD = (
    Bound("activeDeadlineSeconds", 1),
    *_none_negative("securityContext", "runAsUser", "runAsGroup", "fsGroup"),
    Bound("topologySpreadConstraints[].maxSkew", 1),
    Bound("topologySpreadConstraints[].minDomains", 1),
    *(
        Bound(f"affinity.{kind}.preferredDuringSchedulingIgnoredDuringExecution[].weight", 1, 100)
        for kind in ("nodeAffinity", "podAffinity", "podAntiAffinity")
    ),
    *(
        Bound(f"volumes[].{source}{field}", 0, _MODE)
        for source in ("configMap", "secret", "downwardAPI", "projected")
        for field in (".defaultMode", ".items[].mode")
    ),
)
_SET = _none_negative("spec", "replicas", "minReadySeconds", "revisionHistoryLimit")
_JOB = (
    *("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit"),
    *("ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"),
)
_CRON = ("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")
_SCALING = tuple(
    bound
    for way in ("spec.behavior.scaleUp", "spec.behavior.scaleDown")
    for bound in (
        Bound(f"{way}.stabilizationWindowSeconds", 0, 3600),
        Bound(f"{way}.policies[].value", 1),
        Bound(f"{way}.policies[].periodSeconds", 1, 1800),
    )
)

BOUNDS: Mapping[str, tuple[Bound, ...]] = {
    CONTAINER: _CONTAINER,
    INIT_CONTAINER: _CONTAINER,
    MODEL: _CONTAINER,
    POD: _POD,
    "CronJob": (
        *_none_negative("spec", *_CRON),
        *_none_negative("spec.jobTemplate.spec", *_JOB),
    ),
    "DaemonSet": _none_negative("spec", "minReadySeconds", "revisionHistoryLimit"),
    "Deployment": (*_SET, *_none_negative("spec", "progressDeadlineSeconds")),
    "HorizontalPodAutoscaler": (
        Bound("spec.minReplicas", 1),  # 0 with the gate HPAScaleToZero, which is off
        Bound("spec.maxReplicas", 1),
        Bound("spec.targetCPUUtilizationPercentage", 1),
        Bound("spec.metrics[].*.target.averageUtilization", 1),
        *_SCALING,
    ),
    "Ingress": (
        _port("spec.defaultBackend.service.port.number"),
        _port("spec.rules[].http.paths[].backend.service.port.number"),
    ),
    "Job": _none_negative("spec", *_JOB),
    "NetworkPolicy": (
        _port("spec.ingress[].ports[].port"),
        _port("spec.egress[].ports[].port"),
        _port("spec.ingress[].ports[].endPort"),
        _port("spec.egress[].ports[].endPort"),
    ),
    "PodDisruptionBudget": _none_negative("spec", "minAvailable", "maxUnavailable"),
    "PriorityClass": (Bound("value", -INT32 - 1, 10**9),),
    "ReplicaSet": _SET,
    "ReplicationController": _SET,
    "Service": (
        _port("spec.ports[].port"),
        _port("spec.ports[].targetPort"),
        Bound("spec.ports[].nodePort", 0, 65535),
        Bound("spec.sessionAffinityConfig.clientIP.timeoutSeconds", 1, 86400),
    ),
    "StatefulSet": (
        *_SET,
        *_none_negative("spec", "ordinals.start", "updateStrategy.rollingUpdate.partition"),
    ),
}
