# SPDX-License-Identifier: Apache-2.0
"""What a pod asks of devices and of the nodes that have them, whoever describes the pod."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.names.ascend import npu_resources
from velaserve_lint.npu.device import Npu

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.device import Device

_QUOTA = "huawei.com/scheduler.softShareDev.aicoreQuota"


class Variable(NamedTuple):
    """An environment variable: its value, or the place that it comes from (valueFrom)."""

    value: Cursor
    source: Cursor


class Startup(NamedTuple):
    """A startup probe: `seconds` is how long a server may take."""

    at: Cursor
    path: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Consumer:
    """A container, or the server of a component.

    Below `at` both have image, command, args, resources and volumeMounts. `gears` are the shapes
    that its server is known to compile a model for.
    """

    at: Cursor
    name: str
    devices: tuple[Device, ...]
    env: Mapping[str, Variable]
    startup: Startup | None = None
    gears: int = 1

    @property
    def npus(self) -> tuple[Npu, ...]:
        """Those of the devices that are Ascend NPUs, or parts of one."""
        known = npu_resources()
        return tuple(Npu(one, known[one.name]) for one in self.devices if one.name in known)

    @property
    def cards(self) -> tuple[Npu, ...]:
        """Whole ones: HAMi divides those of which MB or percents are asked for, too."""
        npus = self.npus
        divided = {one.resource.of for one in npus}
        whole = (one for one in npus if one.resource.kind in ("cards", "shared"))
        return tuple(one for one in whole if one.name not in divided)

    @property
    def words(self) -> tuple[Cursor, ...]:
        """Command and arguments, word for word."""
        return (*self.at.at("command").items(), *self.at.at("args").items())


@dataclass(frozen=True, slots=True)
class Demand:
    """A kind of pod, with what of it the rules on devices look at.

    `placement` has nodeSelector, affinity, tolerations, schedulerName and runtimeClassName;
    `security` is the pod's securityContext. What is missing of an incomplete one may stand
    elsewhere: what an InferenceService does not say, its runtime may. `strategy` is how an update
    replaces pods, None where that never takes a second device; `zero` is what lets the last pod go;
    `is_component`: made from the properties of one, whose definition refuses some values itself;
    `is_ours`: our own server is in it; `keeps_compiled`: what it compiles outlives its pods.
    """

    consumers: tuple[Consumer, ...]
    placement: Cursor
    labels: Mapping[str, Cursor]
    annotations: Mapping[str, Cursor]
    volumes: Cursor
    security: Cursor
    replicas: Cursor
    strategy: Cursor | None = None
    zero: Cursor | None = None
    model_format: Cursor | None = None
    is_component: bool = False
    is_complete: bool = True
    is_ours: bool = False
    is_knative: bool = False
    keeps_compiled: bool = False

    @property
    def users(self) -> tuple[Consumer, ...]:
        """The containers that ask for an NPU."""
        return tuple(one for one in self.consumers if one.npus)

    @property
    def images(self) -> tuple[Cursor, ...]:
        """Those of the containers that ask for an NPU."""
        return tuple(one.at.at("image") for one in self.users)

    @property
    def is_soft_shared(self) -> bool:
        """By MindCluster's soft sharing: the number of cards is a percentage of one then."""
        return _QUOTA in self.labels or _QUOTA in self.annotations

    @property
    def node_selector(self) -> Mapping[str, Cursor]:
        return dict(self.placement.at("nodeSelector").entries())

    @property
    def scheduler(self) -> str:
        return self.placement.at("schedulerName").text
