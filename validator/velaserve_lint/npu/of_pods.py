# SPDX-License-Identifier: Apache-2.0
"""What the pods of Kubernetes' workloads, InferenceServices and runtimes ask of devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.names import runtime
from velaserve_lint.npu.asking import is_extended
from velaserve_lint.npu.demand import Consumer, Demand, Startup, Variable
from velaserve_lint.npu.device import Device

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_COMPONENTS = frozenset({"predictor", "transformer", "explainer"})
_KNATIVE = frozenset({"Knative", "Serverless"})
_PREFIX = "serving.kserve.io/"


def of_pod(pod: Pod) -> Demand:
    """What such a pod asks for, if anything."""
    ours = _is_ours(pod)
    model = next((one.at for one in pod.containers if one.is_model), None)
    return Demand(
        consumers=tuple(map(_consumer, pod.containers)),
        placement=pod.spec,
        labels=pod.labels,
        annotations=pod.annotations,
        volumes=pod.spec.at("volumes"),
        security=pod.spec.at("securityContext"),
        replicas=pod.replicas,
        strategy=_strategy(pod),
        zero=_zero(pod),
        model_format=model.at("modelFormat", "name") if model else None,
        is_complete=pod.role != "runtime" and (model is None or ours),
        is_ours=ours,
        is_knative=_is_knative(pod),
    )


def _consumer(container: Container) -> Consumer:
    env = {
        name: Variable(item.at("value"), item.at("valueFrom"))
        for name, item in container.env.items()
    }
    devices = tuple(_devices(container))
    startup = _startup(container.at)
    return Consumer(container.at, container.name, devices, env, startup, _gears(env))


def _gears(env: Mapping[str, Variable]) -> int:
    said = env.get("VELASERVE_GEARS_BATCH")
    return len(said.value.text.split(",")) if said else 1


def _devices(container: Container) -> Iterator[Device]:
    requests, limits = container.requests, container.limits
    for name in dict.fromkeys((*limits.mapping, *requests.mapping)):
        if is_extended(name):
            request, limit = requests.at(name), limits.at(name)
            named = limit if name in limits.mapping else request
            yield Device(name, request, limit, named.key)


def _startup(container: Cursor) -> Startup | None:
    """With what Kubernetes takes for what is not written."""
    probe = container.at("startupProbe")
    if not probe.mapping:
        return None
    defaults = {"initialDelaySeconds": 0, "periodSeconds": 10, "failureThreshold": 3}
    said = {name: probe.at(name).number for name in defaults}
    delay, period, failures = (
        default if (found := said[name]) is None else found for name, default in defaults.items()
    )
    return Startup(probe, probe.at("httpGet", "path").text, delay + period * failures)


def _strategy(pod: Pod) -> Cursor | None:
    if pod.manifest.kind == "Deployment":
        return pod.manifest.spec.at("strategy")
    if pod.role in _COMPONENTS and not _is_knative(pod):
        return pod.spec.at("deploymentStrategy")
    return None


def _zero(pod: Pod) -> Cursor | None:
    """KServe's HPA keeps a pod, whatever it says; Knative and KEDA keep none."""
    scaled = _is_knative(pod) or _said(pod, "autoscalerClass") == "keda"
    return pod.replicas if scaled and pod.replicas.number == 0 else None


def _is_knative(pod: Pod) -> bool:
    return pod.role in _COMPONENTS and _said(pod, "deploymentMode") in _KNATIVE


def _is_ours(pod: Pod) -> bool:
    """By a runtime of ours."""
    return any(
        one.at.at("runtime").text in runtime().names for one in pod.containers if one.is_model
    )


def _said(pod: Pod, annotation: str) -> str:
    """On the InferenceService itself, where KServe looks for it."""
    return pod.manifest.annotations.at(f"{_PREFIX}{annotation}").text
