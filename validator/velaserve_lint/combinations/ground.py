# SPDX-License-Identifier: Apache-2.0
"""What traits ask of the component that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import Part, part_of, parts
from velaserve_lint.combinations.traits import traits_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Service


class Demand(NamedTuple):
    """The trait, or its `property` below `base`, wants something of the component.

    `found` is what stands in the way: empty where nothing does.
    """

    trait: str
    wanted: Text
    found: Callable[[Service], str]
    property: str = ""
    base: str = ""


class Unmet(NamedTuple):
    """A demand that is not met, and where both stand."""

    name: str
    wanted: Text
    found: str
    path: Path
    other: Path


def unmet(application: Application) -> Iterator[Unmet]:
    """Of each trait, the first demand that is not met."""
    for demand_of in _DEMANDS:
        for part, service in traits_of(application, demand_of):
            found = (one for demand in _DEMANDS[demand_of] for one in _check(demand, part, service))
            if (first := next(found, None)) is not None:
                yield first


def _check(demand: Demand, trait: Part, service: Service) -> Iterator[Unmet]:
    found = demand.found(service)
    for data, path in parts(trait.data, trait.path, demand.base) if found else ():
        part = Part(data, path, service.component)
        at = part.at(demand.property) if demand.property else (*path[:-1], "type")
        if not demand.property or part.get(demand.property) is not None:
            name = demand.property or demand.trait
            yield Unmet(name, demand.wanted, found, at, _said(demand, service))


def _said(demand: Demand, service: Service) -> Path:
    """Where the component says what is in the way."""
    at = _PLACES.get(demand.found)
    return part_of(service.component).at(at) if at else service.said


def _mode(service: Service) -> str:
    return "" if service.mode == "Standard" else service.mode


def _route(service: Service) -> str:
    return "" if service.route == "gateway" else service.route


def _server(service: Service) -> str:
    return "" if service.server == "ours" else service.runtime


def _chip(service: Service) -> str:
    return "" if service.is_on_ascend else service.chip or "no accelerator"


def _format(service: Service) -> str:
    return "" if service.model_format in ("onnx", "") else service.model_format


def _root(service: Service) -> str:
    user = part_of(service.component).get("podSecurity.runAsUser")
    is_free = part_of(service.component).get("podSecurity.runAsNonRoot") is None
    return "0" if user == 0 and type(user) is int and is_free else ""


_PLACES: dict[Callable[[Service], str], str] = {
    _mode: "deploymentMode",
    _route: "route.mode",
    _chip: "accelerator.chip",
    _format: "modelFormat.name",
    _root: "podSecurity.runAsUser",
}
_STANDARD = Text("deploymentMode Standard", " deploymentMode 为 Standard")
_OURS = Text("our server", "使用内置服务")
_SCALED = ("queueDepth", "requestsPerSecond", "latency")
_DEMANDS: dict[str, tuple[Demand, ...]] = {
    "autoscaler": (
        Demand("autoscaler", _STANDARD, _mode),
        *(Demand("autoscaler", _OURS, _server, name, "metrics") for name in _SCALED),
    ),
    "high-availability": (Demand("high-availability", _STANDARD, _mode),),
    "canary": (
        Demand("canary", Text("route.mode gateway", " route.mode 为 gateway"), _route),
        Demand("canary", _OURS, _server, "metric", "checks.*"),
    ),
    "monitoring": (Demand("monitoring", _OURS, _server, "alerts"),),
    "compile-cache": (
        Demand("compile-cache", _OURS, _server),
        Demand("compile-cache", Text("an Ascend chip", " Ascend 芯片"), _chip),
        Demand("compile-cache", Text("modelFormat onnx", " modelFormat 为 onnx"), _format),
    ),
    "hardening": (Demand("hardening", Text("a user that is not root", "非 root 用户"), _root),),
}
