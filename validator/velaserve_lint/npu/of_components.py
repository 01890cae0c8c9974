# SPDX-License-Identifier: Apache-2.0
"""What our own components ask of devices, as components/model-serving renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.cursor import Cursor
from velaserve_lint.names import accelerators, paths, runtime
from velaserve_lint.names.ascend import NPU_CORE
from velaserve_lint.npu.demand import Consumer, Demand, Startup, Variable
from velaserve_lint.npu.device import Device

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Component, Typed
    from velaserve_lint.names import Accelerator

_OURS = {"initialDelaySeconds": 0, "periodSeconds": 1, "failureThreshold": 120}
_OTHERS = {"initialDelaySeconds": 0, "periodSeconds": 5, "failureThreshold": 360}


def of_component(application: Application, component: Component) -> Demand | None:
    """None where there is no such chip, which its schema says."""
    at = _properties(application, component)
    row = accelerators().get(at.at("accelerator", "chip").text)
    if row is None:
        return None
    server, image = at.at("runtime").text, at.at("image").text
    ours = server in runtime().names or not (server or image)
    traits = {one.definition: _properties(application, one) for one in component.traits}
    return Demand(
        consumers=(_consumer(row, at, ours=ours),),
        placement=at.at("placement"),
        labels=_said(at.at("labels"), _labels(row, at)),
        annotations=_said(at.at("annotations"), _annotations(row, at)),
        volumes=at.at("volumes"),
        security=at.at("podSecurity"),
        replicas=at.at("minReplicas"),
        strategy=None if _is_knative(at) else at.at("deploymentStrategy"),
        zero=_zero(traits),
        model_format=at.at("modelFormat", "name"),
        is_complete=ours or not server,
        is_component=True,
        is_ours=ours,
        is_knative=_is_knative(at),
        keeps_compiled="compile-cache" in traits,
    )


def _consumer(row: Accelerator, at: Cursor, *, ours: bool) -> Consumer:
    env = {name: Variable(value, value.at("valueFrom")) for name, value in at.at("env").entries()}
    devices = tuple(_devices(row, at.at("accelerator")))
    gears = len([*at.at("accelerator", "gears", "batch").items()]) or 1
    return Consumer(at, MODEL_CONTAINER, devices, env, _startup(at, ours=ours), gears)


def _devices(row: Accelerator, accelerator: Cursor) -> Iterator[Device]:
    """What is requested is the limit: both are the same place. Of no number the schema speaks."""
    chip, part = accelerator.at("chip"), accelerator.at("slice")
    count = _number(_or(accelerator.at("count"), 1))
    if not part.mapping:
        other = accelerator.at("resource")
        named = other if other.text else chip
        yield Device(other.text or row.resource, count, count, named.place, row.chip)
    elif template := row.vnpu.get(part.at("vnpu").text):
        yield Device(template, count, count, part.at("vnpu").place, row.chip)
    elif (cores := _number(part.at("npuCore"))).value is not None:
        yield Device(NPU_CORE, cores, cores, cores.place, row.chip)
    elif row.shared and ("memory" in part.mapping or "cores" in part.mapping):
        yield Device(row.shared, count, count, chip.place, row.chip)
        for field, name in (("memory", row.memory), ("cores", row.cores)):
            if (amount := _number(part.at(field))).value is not None:
                yield Device(name, amount, amount, amount.place, row.chip)


def _labels(row: Accelerator, at: Cursor) -> dict[str, str]:
    cores = at.at("accelerator", "slice", "npuCore").value
    return {"ring-controller.atlas": row.npu_core.product} if cores and row.npu_core else {}


def _annotations(row: Accelerator, at: Cursor) -> dict[str, str]:
    cores = at.at("accelerator", "slice", "cores").value
    return {"huawei.com/vnpu-mode": "hami-core"} if cores and row.vendor == "ascend" else {}


def _said(own: Cursor, rendered: dict[str, str]) -> dict[str, Cursor]:
    """The user's own, and what the definition adds."""
    return dict(own.entries()) | {key: own._replace(value=it) for key, it in rendered.items()}


def _startup(at: Cursor, *, ours: bool) -> Startup:
    """With what the definition renders for what is not written."""
    probe, defaults = at.at("probes", "startup"), _OURS if ours else _OTHERS
    said = {name: _or(probe.at(name), default).number or 0 for name, default in defaults.items()}
    delay, period, failures = said.values()
    return Startup(probe, probe.at("path").text or paths()["live"], delay + period * failures)


def _zero(traits: dict[str, Cursor]) -> Cursor | None:
    least = traits["autoscaler"].at("minReplicas") if "autoscaler" in traits else None
    return least if least and least.number == 0 else None


def _is_knative(at: Cursor) -> bool:
    return at.at("deploymentMode").text == "Knative"


def _properties(application: Application, typed: Typed) -> Cursor:
    return Cursor(application.document, (*typed.path, "properties"), typed.properties)


def _or(cursor: Cursor, default: int) -> Cursor:
    return cursor if cursor.value is not None else cursor._replace(value=default)


def _number(cursor: Cursor) -> Cursor:
    return cursor._replace(value=cursor.number)
