# SPDX-License-Identifier: Apache-2.0
"""What a pod is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.container import MODEL_CONTAINER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod

_KNATIVE = ("Knative", "Serverless")
_MODE = "serving.kserve.io/deploymentMode"
_JOBS = frozenset({"CronJob", "Job"})
_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
_ASKED = ("httpGet", "tcpSocket", "grpc")
MODEL_ROLES = ("predictor", "transformer", "explainer")


def called(pod: Pod, container: Container) -> str:
    """The name of a container; KServe calls all of its own the same, so the part is named."""
    of_kserve = pod.role in MODEL_ROLES and container.name in ("", MODEL_CONTAINER)
    return pod.role if of_kserve else container.name


def is_job(pod: Pod) -> bool:
    """Whether it is meant to end."""
    return pod.manifest.kind in _JOBS


def is_knative(pod: Pod) -> bool:
    """Whether Knative runs it, which starts, updates and drains in its own way."""
    return pod.role in MODEL_ROLES and pod.manifest.annotations.at(_MODE).text in _KNATIVE


def serving(pod: Pod, beside: Beside) -> Iterator[Container]:
    """The containers that others ask: with a port, or asked by a probe, a Service or KServe."""
    if is_job(pod):
        return
    with_ports = [one for one in pod.main if one.at.at("ports").value]
    is_asked = pod.role in MODEL_ROLES or any(beside.selecting("Service", pod))
    if with_ports or not is_asked:
        yield from with_ports or filter(_is_probed, pod.main)
    else:
        yield from pod.main[:1]


def _is_probed(container: Container) -> bool:
    return any(container.at.at(probe, way).value for probe in _PROBES for way in _ASKED)
