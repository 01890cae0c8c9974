# SPDX-License-Identifier: Apache-2.0
"""A compile cache that only one pod may have: traits/compile-cache.cue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import Part, part_of
from velaserve_lint.combinations.traits import number, traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Service

_MODE, _NAME = "claim.accessMode", "claim.name"
_SURGE = "deploymentStrategy.rollingUpdate.maxSurge"


class Crowd(NamedTuple):
    """More than one wants the claim, by the key of a message; `other` is who."""

    message: str
    path: Path
    other: Path
    pods: int = 0


def crowds(application: Application) -> Iterator[Crowd]:
    """Claims that hold the model, and those of one pod that several want."""
    for part, service in traits_of(application, "compile-cache"):
        name = part.get(_NAME)
        if isinstance(name, str) and re.match(rf"pvc://{re.escape(name)}(/|$)", service.model_uri):
            yield Crowd("model", part.at(_NAME), part_of(service.component).at("modelUri"))
        if part.get(_MODE) == "ReadWriteOnce":
            yield from _of_one_pod(part, service)


def _of_one_pod(part: Part, service: Service) -> Iterator[Crowd]:
    component, place = part_of(service.component), part.at(_MODE)
    pods, where = service.replicas, component.at("minReplicas")
    for trait in service.component.traits:
        if trait.definition == "autoscaler":
            scaler = Part(trait.properties, (*trait.path, "properties"), service.component)
            pods, where = number(scaler, "maxReplicas"), scaler.at("maxReplicas")
        if trait.definition == "canary":
            yield Crowd("canary", place, (*trait.path, "type"))
    if pods is not None and pods != 1:
        yield Crowd("pods", place, where, pods)
    elif pods == 1 and _surges(component):
        yield Crowd("surge", place, component.at("deploymentStrategy"))


def _surges(component: Part) -> bool:
    """Whether a new pod starts before the old one has ended."""
    recreated = component.get("deploymentStrategy.type") == "Recreate"
    return not recreated and not re.fullmatch("0+%?", str(component.get(_SURGE)))
